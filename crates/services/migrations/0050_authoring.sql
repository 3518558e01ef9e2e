-- What the directory needs between an author's first word and the register: proposals, the history of every version,
-- duties of content owners, the trees that services are sorted by, and the rules of the register.
-- Safe while older code runs: new tables, and columns with defaults that older code does not name. Older code leaves two
-- versions published where this code supersedes one; reading takes the newest of them either way.
ALTER TABLE entry ADD COLUMN remarks TEXT NOT NULL DEFAULT '';
ALTER TABLE entry ADD COLUMN state_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE entry ADD COLUMN merged_into TEXT;
UPDATE entry SET state_at = COALESCE(verified_at, registered_at);
UPDATE entry SET state = 'superseded' WHERE state = 'published' AND version < (
    SELECT MAX(version) FROM entry AS newer WHERE newer.id = entry.id AND newer.state = 'published');
CREATE INDEX entry_waiting ON entry (state, registered_at, id);
CREATE INDEX entry_body ON entry (body, slug, version);

-- A card that is being written: whatever is typed so far, complete or not.
CREATE TABLE entry_proposal (
    id UUID PRIMARY KEY,
    body UUID NOT NULL,
    author UUID NOT NULL,
    slug TEXT NOT NULL,
    card TEXT NOT NULL,
    form TEXT NOT NULL,
    process TEXT NOT NULL,
    begun_at BIGINT NOT NULL,
    saved_at BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    closed_at BIGINT
);
CREATE INDEX entry_proposal_body ON entry_proposal (body, closed_at, saved_at, id);

-- What happened to each version, by whom and why (LY-SVC-22.1).
CREATE TABLE entry_event (
    id UUID PRIMARY KEY,
    entry UUID NOT NULL,
    version BIGINT NOT NULL,
    act TEXT NOT NULL,
    actor UUID,
    note TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX entry_event_entry ON entry_event (entry, id);

-- How far each version brought its service, and since when (LY-SVC-1.07).
CREATE TABLE entry_maturity (
    entry UUID NOT NULL,
    version BIGINT NOT NULL,
    body UUID NOT NULL,
    maturity TEXT NOT NULL,
    since BIGINT NOT NULL,
    PRIMARY KEY (entry, version)
);
CREATE INDEX entry_maturity_body ON entry_maturity (body, since);

-- Who answers for what the directory says of a service, and until when it must be confirmed again (LY-SVC-23.5).
CREATE TABLE entry_owner (
    entry UUID PRIMARY KEY,
    person UUID NOT NULL,
    since BIGINT NOT NULL,
    confirmed_at BIGINT NOT NULL,
    confirm_due_at BIGINT NOT NULL
);
CREATE INDEX entry_owner_due ON entry_owner (confirm_due_at);

-- What a content owner has to do, and by when (LY-SVC-23.5, 25.1, 25.3).
CREATE TABLE entry_duty (
    id UUID PRIMARY KEY,
    entry UUID NOT NULL,
    body UUID NOT NULL,
    owner UUID NOT NULL,
    kind TEXT NOT NULL,
    opened_by UUID,
    words TEXT NOT NULL,
    reference TEXT NOT NULL,
    effective_at BIGINT,
    opened_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    reminded_at BIGINT,
    closed_at BIGINT,
    outcome TEXT NOT NULL DEFAULT '',
    answer TEXT NOT NULL DEFAULT ''
);
CREATE INDEX entry_duty_entry ON entry_duty (entry, closed_at);
CREATE INDEX entry_duty_body ON entry_duty (body, closed_at, due_at, id);

-- Whom a publication was told to: nobody is told twice, and what was told stays (LY-SVC-1.09, 23.3).
CREATE TABLE entry_told (
    entry UUID NOT NULL,
    version BIGINT NOT NULL,
    party TEXT NOT NULL,
    name_ar TEXT NOT NULL,
    name_en TEXT NOT NULL,
    means TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (entry, version, party)
);

CREATE TABLE directory_subscription (
    person UUID NOT NULL,
    tree TEXT NOT NULL,
    word TEXT NOT NULL,
    since BIGINT NOT NULL,
    PRIMARY KEY (person, tree, word)
);
CREATE INDEX directory_subscription_word ON directory_subscription (tree, word, person);

-- The rules of the register, every version of them (LY-SVC-22.2).
CREATE TABLE directory_rules (
    version BIGINT PRIMARY KEY,
    rules TEXT NOT NULL,
    actor UUID NOT NULL,
    at BIGINT NOT NULL
);

-- The trees that services are sorted by; they change without a release (LY-SVC-23.4).
CREATE TABLE directory_term (
    tree TEXT NOT NULL,
    word TEXT NOT NULL,
    parent TEXT NOT NULL,
    name_ar TEXT NOT NULL,
    name_en TEXT NOT NULL,
    place BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    retired_at BIGINT,
    PRIMARY KEY (tree, word)
);
INSERT INTO directory_term (tree, word, parent, name_ar, name_en, place, changed_at, retired_at) VALUES
    ('theme', 'civil-status', '', 'الأحوال المدنية', 'Civil status', 10, 0, NULL),
    ('theme', 'identity', '', 'الهوية والجوازات', 'Identity and passports', 20, 0, NULL),
    ('theme', 'family', '', 'الأسرة', 'Family', 30, 0, NULL),
    ('theme', 'housing', '', 'السكن والبناء', 'Housing and building', 40, 0, NULL),
    ('theme', 'property', '', 'العقار', 'Property', 50, 0, NULL),
    ('theme', 'business', '', 'الأعمال والتجارة', 'Business and trade', 60, 0, NULL),
    ('theme', 'work', '', 'العمل والمهن', 'Work and professions', 70, 0, NULL),
    ('theme', 'education', '', 'التعليم', 'Education', 80, 0, NULL),
    ('theme', 'health', '', 'الصحة', 'Health', 90, 0, NULL),
    ('theme', 'transport', '', 'النقل والطرق', 'Transport and roads', 100, 0, NULL),
    ('theme', 'environment', '', 'البيئة', 'Environment', 110, 0, NULL),
    ('theme', 'community', '', 'المجتمع', 'Community', 120, 0, NULL),
    ('life_event', 'having-a-child', '', 'رُزقت بمولود', 'Having a child', 10, 0, NULL),
    ('life_event', 'marrying', '', 'أتزوج', 'Getting married', 20, 0, NULL),
    ('life_event', 'moving-home', '', 'أنتقل إلى بيت جديد', 'Moving home', 30, 0, NULL),
    ('life_event', 'studying', '', 'أدرس', 'Studying', 40, 0, NULL),
    ('life_event', 'working', '', 'أعمل', 'Working', 50, 0, NULL),
    ('life_event', 'starting-a-business', '', 'أبدأ عملًا خاصًا', 'Starting a business', 60, 0, NULL),
    ('life_event', 'buying-property', '', 'أشتري عقارًا', 'Buying property', 70, 0, NULL),
    ('life_event', 'travelling', '', 'أسافر', 'Travelling', 80, 0, NULL),
    ('life_event', 'getting-sick', '', 'أمرض أو أرعى مريضًا', 'Illness and care', 90, 0, NULL),
    ('life_event', 'losing-someone', '', 'فقدت عزيزًا', 'Losing someone', 100, 0, NULL),
    ('life_event', 'running-a-household', '', 'أدير شؤون بيتي', 'Running a household', 110, 0, NULL),
    ('life_event', 'retiring', '', 'أتقاعد', 'Retiring', 120, 0, NULL);
