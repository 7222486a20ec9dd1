-- The journal as tables. README.md of this folder says what the types become in SQLite, and what the lines
-- that begin with --postgresql are.

-- How far it goes: one row. Written in the transaction that writes the rows of the records up to there.
CREATE TABLE "watermark" (
    "id" BIGINT NOT NULL,
    "seq" BIGINT NOT NULL,
    "time" BIGINT NOT NULL,
    "journal" TEXT NOT NULL,
    PRIMARY KEY ("id")
);

-- Everything that concerns an order: inputs, and outputs of ours.
CREATE TABLE "order_events" (
    "seq" BIGINT NOT NULL,
    "index" BIGINT NOT NULL,
    "time" BIGINT NOT NULL,
    "kind" TEXT,
    "direction" TEXT,
    "session" TEXT,
    "msg_seq_num" BIGINT,
    "order_id" BIGINT,
    "root_id" BIGINT,
    "parent_id" BIGINT,
    "child_id" BIGINT,
    "is_slice" BOOLEAN,
    "revision" BIGINT,
    "list_id" TEXT,
    "cl_ord_id" TEXT,
    "orig_cl_ord_id" TEXT,
    "client_order" TEXT,
    "venue_order_id" TEXT,
    "exec_id" TEXT,
    "exec_ref_id" TEXT,
    "exec_type" TEXT,
    "status" TEXT,
    "actor" TEXT,
    "account" TEXT,
    "venue" TEXT,
    "symbol" TEXT,
    "side" TEXT,
    "order_type" TEXT,
    "time_in_force" TEXT,
    "quantity" NUMERIC,
    "price" NUMERIC,
    "stop" NUMERIC,
    "display" NUMERIC,
    "minimum" NUMERIC,
    "expire_time" BIGINT,
    "effective_time" BIGINT,
    "post_only" BOOLEAN,
    "last_quantity" NUMERIC,
    "last_price" NUMERIC,
    "filled" NUMERIC,
    "leaves" NUMERIC,
    "average_price" NUMERIC,
    "rule" TEXT,
    "measured" NUMERIC,
    "limit" NUMERIC,
    "text" TEXT,
    "reason_code" BIGINT,
    "restatement" BIGINT,
    "is_asked_for" BOOLEAN,
    "said_time" BIGINT,
    "seen" NUMERIC,
    "quote_seq" BIGINT,
    "bid" NUMERIC,
    "ask" NUMERIC,
    "last" NUMERIC,
    "limits_seq" BIGINT,
    "max_quantity" NUMERIC,
    "max_notional" NUMERIC,
    "collar_percent" NUMERIC,
    "raw" BYTEA,
    PRIMARY KEY ("seq", "index", "time")
)
--postgresql PARTITION BY RANGE ("time")
;
CREATE INDEX "order_events_by_order" ON "order_events" ("order_id");
CREATE INDEX "order_events_by_time" ON "order_events" ("time");

-- Executions, busts and corrections. Nothing is ever changed here.
CREATE TABLE "executions" (
    "seq" BIGINT NOT NULL,
    "index" BIGINT NOT NULL,
    "time" BIGINT NOT NULL,
    "kind" TEXT NOT NULL,
    "exec_id" BIGINT,
    "exec_ref_id" BIGINT,
    "order_id" BIGINT,
    "child_id" BIGINT,
    "venue" TEXT,
    "venue_order_id" TEXT,
    "venue_exec_id" TEXT,
    "venue_exec_ref_id" TEXT,
    "session" TEXT,
    "cl_ord_id" TEXT,
    "account" TEXT,
    "symbol" TEXT,
    "side" TEXT,
    "quantity" NUMERIC,
    "price" NUMERIC,
    "net_quantity" NUMERIC,
    "filled" NUMERIC,
    "leaves" NUMERIC,
    "average_price" NUMERIC,
    "venue_time" BIGINT,
    PRIMARY KEY ("seq", "index", "kind", "time")
)
--postgresql PARTITION BY RANGE ("time")
;
CREATE INDEX "executions_by_order" ON "executions" ("order_id");
CREATE INDEX "executions_by_account" ON "executions" ("account", "symbol");

-- Each order as it stands.
CREATE TABLE "orders" (
    "order_id" BIGINT NOT NULL,
    "first_seq" BIGINT,
    "last_seq" BIGINT,
    "entered" BIGINT,
    "changed" BIGINT,
    "session" TEXT,
    "cl_ord_id" TEXT,
    "first_cl_ord_id" TEXT,
    "list_id" TEXT,
    "account" TEXT,
    "venue" TEXT,
    "venue_order_id" TEXT,
    "symbol" TEXT,
    "side" TEXT,
    "order_type" TEXT,
    "time_in_force" TEXT,
    "quantity" NUMERIC,
    "price" NUMERIC,
    "stop" NUMERIC,
    "display" NUMERIC,
    "minimum" NUMERIC,
    "expire_time" BIGINT,
    "effective_time" BIGINT,
    "post_only" BOOLEAN,
    "status" TEXT,
    "filled" NUMERIC,
    "leaves" NUMERIC,
    "average_price" NUMERIC,
    "rule" TEXT,
    "text" TEXT,
    PRIMARY KEY ("order_id")
)
;
CREATE INDEX "orders_by_account" ON "orders" ("account", "symbol");
CREATE INDEX "orders_by_cl_ord_id" ON "orders" ("cl_ord_id");

-- What each account has, by its executions.
CREATE TABLE "positions" (
    "account" TEXT NOT NULL,
    "symbol" TEXT NOT NULL,
    "venue" TEXT NOT NULL,
    "bought" NUMERIC,
    "sold" NUMERIC,
    "net" NUMERIC,
    "bought_value" NUMERIC,
    "sold_value" NUMERIC,
    "is_exact" BOOLEAN,
    "last_seq" BIGINT,
    "changed" BIGINT,
    PRIMARY KEY ("account", "symbol", "venue")
)
;

-- What happened to FIX sessions.
CREATE TABLE "sessions" (
    "seq" BIGINT NOT NULL,
    "time" BIGINT,
    "session" TEXT,
    "kind" TEXT,
    "next_in" BIGINT,
    "next_out" BIGINT,
    "text" TEXT,
    PRIMARY KEY ("seq")
)
;

-- Definitions, limits, permissions, acts of operators, events of the machine.
CREATE TABLE "admin_actions" (
    "seq" BIGINT NOT NULL,
    "time" BIGINT,
    "kind" TEXT,
    "actor" TEXT,
    "object" TEXT,
    "before" TEXT,
    "after" TEXT,
    PRIMARY KEY ("seq")
)
;

-- Where each record is in the audit.
CREATE TABLE "audit_index" (
    "seq" BIGINT NOT NULL,
    "time" BIGINT,
    "kind" TEXT,
    "leaf" BIGINT,
    "leaves" BIGINT,
    PRIMARY KEY ("seq")
)
;
