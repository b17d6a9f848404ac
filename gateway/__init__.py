"""The machine: from one GraphQL operation to calls on registries and back; it knows no registry.

The way of one operation, in order:

    edge.bounds, edge.headers   how large a request's head may be; the headers of every answer
    edge.endpoint               method and media types; then, in this order:
      auth.tokens               the token is verified, by the keys of auth.jwks and auth.discovery
        auth.granting           its claims become what it allows; the request chooses one purpose
      edge.body, edge.question  the body, bounded, becomes a question
      edge.room                 a place among the operations that run at once
    operation.answer            carries the question out, for a caller and an operation.identity:
      operation.registered      what may be asked: registered documents, or any text
      operation.prepare         text -> validated document, kept by its hash; variables
        operation.limits        bounds on text and document, before validation
        operation.parse         a plain text is read at once,
        operation.accept        and a plain document accepted in one walk; else by graphql-core
        operation.shapes        texts that differ in words only have one operation.shape, and share
          operation.prepared    what is made of it; operation.wording is what each has of its own
      operation.whole           (kept: a whole answer of open and reference data, as bytes;
        operation.recalled      and the digests of bodies that need not be read for it)
      operation.together        equal questions of one caller at one moment: the rest is done once
        operation.along         who sends the same body again meanwhile listens, before it is read
      operation.plan            document + labels -> steps, wire paths, refusals; kept
        operation.collect       which fields stand where: fragments, @skip and @include
      operation.bind            + arguments -> keys that were named, estimates, cost
        operation.canonical     arguments as text: equal text is an equal question
      operation.explain         (asked for: the plan is the answer, nothing is fetched)
      operation.decision        (where there is one: a decision point hears of it, and decides)
      operation.fresh           (asked for: past what is kept, so often a minute)
      operation.fetch           steps -> objects by key, in as few calls as the reads allow
        operation.groups        which steps ask together, and what waits for what
        operation.needs         which fields to ask of them
        operation.persons       about how many persons, in one operation and in one minute
        operation.several       where there are several sources of a kind, in three parts:
          operation.sources     which of them to ask for a key
          operation.merge       one object, list or page of what they gave
        operation.sieving       what of it the caller is shown, by the sieve of the read
          operation.pages       a page of a list of which that is not everything
        source.cache            answers that may be kept, and equal questions at one moment
        resolvers.*             a read: keys and paths -> one question to one source
        source.source           its address, headers and credentials, for this operation
        source.upstream         time limit, second attempt, turn, breaker, one exchange, verdict
        source.direct           as bytes, on a connection that is kept (`source.pool`, `http1`);
                                another transport is asked through httpx (`source.wire`)
        operation.recorder      what was done with personal data is on disk before it is shown
      operation.fetched         the objects, where they came from, what a link leads to
      operation.complete        plan + objects -> data and errors
        operation.writer        the data: walked, and compiled once the plan is used again
          operation.seal        links and references of the caller's own
    observe.audit               who did what: one line
      operation.provenance      where it came from, and what is older than it should be
      operation.written         the bytes
    observe.log                 one event, without personal data

A `persoonRef` is sealed for its caller (`auth.person_ref`) while an answer is written, and opened
in operation.bind. A field that leads to a file is a link (`auth.seal`). Behind it:

    edge.download               method, token, a place; then the bytes, chunk by chunk
      edge.links                opens the link for whoever it was made for
        source.stream           what a source streams, asked for by `source.upstream`
      edge.attachment           the headers of a file

What was done with personal data (`source.deeds`) becomes lines of the Logboek Dataverwerkingen:

    observe.verwerking          one action and one person, who is hidden by `observe.betrokkene`
    observe.spool               written and synced with what others wait for, before the answer
    observe.sending             later: to the collector (`observe.otlp`), gone when it has arrived
    observe.verwerkingen        the index of them, for the person themself

A subscription is a question that is asked again when what it follows has changed:

    edge.socket, edge.event_stream
                                the protocols that it is sent over
      edge.origin               which web pages may open a WebSocket
      edge.following            token and rights of that moment, each time; how many there may be
        operation.changes       who follows what; told, to all workers, after the drop
        operation.answer        the question, carried out as any other and shared with none

Put together by `app`, and for trying by `demo`; run by `serving`; reached by `cli`.
"""
