BEGIN TRANSACTION;
CREATE TABLE about (
	version INTEGER NOT NULL
);
INSERT INTO "about" VALUES(1);
CREATE TABLE deliveries (
	id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	"key" VARCHAR NOT NULL, 
	address VARCHAR NOT NULL, 
	variant VARCHAR NOT NULL, 
	fields JSON NOT NULL, 
	segments JSON NOT NULL, 
	message_id VARCHAR NOT NULL, 
	state VARCHAR(10) NOT NULL, 
	attempts INTEGER NOT NULL, 
	code INTEGER, 
	words VARCHAR NOT NULL, 
	run VARCHAR(32), 
	updated_at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (number, "key"), 
	FOREIGN KEY(number) REFERENCES mailings (number), 
	CONSTRAINT state CHECK (state IN ('planned', 'sending', 'sent', 'deferred', 'failed', 'in-doubt', 'suppressed', 'excluded'))
);
INSERT INTO "deliveries" VALUES(1,653,'ada@example.org','ada@example.org','everyone','{"first_name": "Ada"}','["members"]','<653.ada@example.org>','sent',1,250,'queued','1265ed01adb78aec554bb8efad952692','2025-03-14 16:02:00.000000');
INSERT INTO "deliveries" VALUES(2,653,'ben@example.org','ben@example.org','everyone','{"first_name": "Ben"}','["kent", "members"]','<653.ben@example.org>','sending',1,NULL,'','1265ed01adb78aec554bb8efad952692','2025-03-14 16:02:00.000000');
INSERT INTO "deliveries" VALUES(3,653,'cat@example.org','cat@example.org','everyone','{"first_name": "Cat"}','["members"]','<653.cat@example.org>','planned',0,NULL,'',NULL,'2025-03-14 16:02:00.000000');
CREATE TABLE locks (
	number INTEGER NOT NULL, 
	run VARCHAR(32) NOT NULL, 
	person VARCHAR NOT NULL, 
	host VARCHAR NOT NULL, 
	process INTEGER NOT NULL, 
	since DATETIME NOT NULL, 
	heartbeat DATETIME NOT NULL, 
	PRIMARY KEY (number)
);
CREATE TABLE mailings (
	number INTEGER NOT NULL, 
	content_hash VARCHAR(64) NOT NULL, 
	audience_hash VARCHAR(64) NOT NULL, 
	planned INTEGER NOT NULL, 
	moment DATETIME NOT NULL, 
	planned_at DATETIME NOT NULL, 
	planned_by VARCHAR NOT NULL, 
	host VARCHAR NOT NULL, 
	PRIMARY KEY (number)
);
INSERT INTO "mailings" VALUES(653,'2198440b51af5156f2fff9bb346a737c974fc0f60f7ca6f476c4e366f3c408a9','398d88d35e238f517e8155b814a2e85ce235c744d34da990d79b990dfc165e34',3,'2025-03-14 16:02:00.000000','2025-03-14 16:02:00.000000','robin','desk');
CREATE TABLE variants (
	number INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	hash VARCHAR(64) NOT NULL, 
	content BLOB NOT NULL, 
	PRIMARY KEY (number, name), 
	FOREIGN KEY(number) REFERENCES mailings (number)
);
INSERT INTO "variants" VALUES(653,'everyone','19fba0e995b9794fc2c26217bf3b725c2f0d9eeda16719fe75e3ba23ca73bfc4',X'6E657773');
CREATE INDEX deliveries_by_state ON deliveries (number, state);
COMMIT;
