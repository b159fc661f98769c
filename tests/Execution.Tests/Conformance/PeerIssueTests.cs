using GraphGateway.Planning;
using Xunit;

namespace GraphGateway.Execution.Tests;

/// <summary>
/// What other gateways got wrong while they ran a plan: reports by their numbers, and the bugs that random queries find in several of them.
/// The plans' own are in the planner's tests, what needs the whole gateway in its tests.
/// </summary>
public sealed class PeerIssueTests
{
    [Fact]
    public Task Hive_router_880_an_object_that_is_required_and_null_is_sent_as_null_beside_the_typename() => Check.Sends(
        TestPlan.Build(
            "{ user { id name @s(n: [2]) address @hidden @s(n: [1]) { city @hidden @s(n: [1]) } } }",
            new StepSpec("a"),
            new StepSpec("b", FetchKind.Representations, "user") { After = [0] },
            new StepSpec("a", FetchKind.Representations, "user", "id address.city?") { After = [1] }),
        [
            (0, """{"data":{"user":{"id":"1"}}}"""),
            (1, """{"data":{"_entities":[{"address":null}]}}"""),
            (2, """{"data":{"_entities":[{"name":"nobody's"}]}}"""),
        ],
        [
            """a {"query":"query { step0 }"}""",
            """b {"query":"query { step1 }","variables":{"representations":[{"__typename":"User","id":"1"}]}}""",
            """a {"query":"query { step2 }","variables":{"representations":[{"__typename":"User","id":"1","address":null}]}}""",
        ],
        """{"data":{"user":{"id":"1","name":"nobody's"}}}""");

    [Fact]
    public Task Hive_router_1070_a_representation_has_the_typename_that_no_answer_told() => Check.Sends(
        TestPlan.Build(
            "{ maybe { boss { name @s(n: [1]) id @hidden } } }",
            new StepSpec("a"),
            new StepSpec("b", FetchKind.Representations, "maybe.boss") { After = [0] }),
        [(0, """{"data":{"maybe":[{"boss":{"id":"7"}}]}}"""), (1, """{"data":{"_entities":[{"name":"seven"}]}}""")],
        [
            """a {"query":"query { step0 }"}""",
            """b {"query":"query { step1 }","variables":{"representations":[{"__typename":"User","id":"7"}]}}""",
        ],
        """{"data":{"maybe":[{"boss":{"name":"seven"}}]}}""");

    [Fact]
    public Task Hive_router_1110_an_entity_that_its_source_does_not_know_is_an_error_in_a_non_null_place() => Check.Answers(
        TestPlan.Build(
            "{ maybe { id boss { id nick @s(n: [1]) } } }",
            new StepSpec("a"),
            new StepSpec("b", FetchKind.Representations, "maybe.boss") { After = [0] }),
        [
            (0, """{"data":{"maybe":[{"id":"1","boss":{"id":"7"}},{"id":"2","boss":{"id":"8"}}]}}"""),
            (1, """{"data":{"_entities":[null,{"nick":"eight"}]}}"""),
        ],
        """
        {"errors":[{"message":"Cannot return null for non-nullable field User.nick.","path":["maybe",0,"boss","nick"],"extensions":{"code":"NON_NULL_VIOLATION"}}],
        "data":{"maybe":[{"id":"1","boss":null},{"id":"2","boss":{"id":"8","nick":"eight"}}]}}
        """);

    [Fact]
    public Task Hive_gateway_2467_an_empty_alias_in_a_batch_does_not_fail_its_siblings() => Check.Sends(
        TestPlan.Build(
            "{ user { id nick @s(n: [1]) } maybe { id name @s(n: [2]) } users { id age @s(n: [3]) } }",
            new StepSpec("a"),
            new StepSpec("b", FetchKind.Representations, "user") { After = [0], Request = 1 },
            new StepSpec("b", FetchKind.Representations, "maybe") { After = [0], Request = 1 },
            new StepSpec("b", FetchKind.Representations, "users") { After = [0], Request = 1 }),
        [
            (0, """{"data":{"user":null,"maybe":[{"id":"2"}],"users":[{"id":"3"}]}}"""),
            (2, """{"data":{"_0":[{"name":"zwei"}],"_1":[{"age":3}]}}"""),
        ],
        [
            """a {"query":"query { step0 }"}""",
            """b {"query":"query($representations_0: [_Any!]!, $representations_1: [_Any!]!) { _0: _entities(representations: $representations_0) { step2 } _1: _entities(representations: $representations_1) { step3 } }","variables":{"representations_0":[{"__typename":"User","id":"2"}],"representations_1":[{"__typename":"User","id":"3"}]}}""",
        ],
        """{"data":{"user":null,"maybe":[{"id":"2","name":"zwei"}],"users":[{"id":"3","age":3}]}}""");

    [Theory]
    [InlineData("a")]
    [InlineData("b")]
    public Task Graphql_platform_10217_a_lookup_is_not_skipped_when_the_one_it_travels_with_has_nothing_to_ask(string source) => Check.Answers(
        TestPlan.Build(
            "{ user { id nick @s(n: [1]) } maybe { id nick @s(n: [2]) } }",
            new StepSpec("a"),
            new StepSpec(source, FetchKind.Lookup, "user") { After = [0], Request = 1 },
            new StepSpec(source, FetchKind.Lookup, "maybe") { After = [0], Request = 1, Document = 1 }),
        [(0, """{"data":{"user":null,"maybe":[{"id":"2"}]}}"""), (1, """{"data":{"find":{"nick":"two"}}}""")],
        """{"data":{"user":null,"maybe":[{"id":"2","nick":"two"}]}}""");

    [Fact]
    public Task Graphql_platform_9728_an_error_of_the_source_as_a_whole_is_told_beside_complete_data() => Check.Answers(
        TestPlan.Build(
            "{ users { id nick @s(n: [1]) } }", new StepSpec("a"), new StepSpec("b", FetchKind.Representations, "users") { After = [0] }),
        [
            (0, """{"data":{"users":[{"id":"1"}]}}"""),
            (1, """{"data":{"_entities":[{"nick":"one"}]},"errors":[{"message":"quota nearly used up"}]}"""),
        ],
        """
        {"errors":[{"message":"quota nearly used up","extensions":{"code":"DOWNSTREAM_SERVICE_ERROR"}}],
        "data":{"users":[{"id":"1","nick":"one"}]}}
        """,
        new ExecutionOptions { ForwardsErrors = _ => true });

    [Fact]
    public Task Graphql_platform_9728_an_error_of_the_source_as_a_whole_is_told_where_its_data_must_not_be_null() => Check.Answers(
        TestPlan.Build("{ must { nick } }", new StepSpec("a")),
        [(0, """{"data":null,"errors":[{"message":"not today"}]}""")],
        """{"errors":[{"message":"not today","path":["must"],"extensions":{"code":"DOWNSTREAM_SERVICE_ERROR"}}],"data":null}""",
        new ExecutionOptions { ForwardsErrors = _ => true });

    [Fact]
    public async Task Router_2951_no_digit_of_a_number_changes()
    {
        const string answer =
            """{"data":{"users":[{"posts":[{"score":-1.8134499788284302},{"score":107.60917663574219},{"score":39.926090240478516},{"score":1.10},{"score":-0.0},{"score":12345678901234567890.125}]}]}}""";
        Assert.Equal(answer, await Check.Run(
            TestPlan.Build("{ users { posts { score } } }", new StepSpec("a")), new Script((0, answer)), new ExecutionOptions()));
    }

    [Fact]
    public Task Cosmo_1184_a_key_inside_an_object_is_sent_as_an_object() => Check.Sends(
        TestPlan.Build(
            "{ maybe { id name @s(n: [1]) address @hidden { city @hidden } } }",
            new StepSpec("a"),
            new StepSpec("b", FetchKind.Representations, "maybe", "id address.city") { After = [0] }),
        [
            (0, """{"data":{"maybe":[{"id":"1","address":{"city":"c\"1"}},{"id":"2","address":null}]}}"""),
            (1, """{"data":{"_entities":[{"name":"one"}]}}"""),
        ],
        [
            """a {"query":"query { step0 }"}""",
            """b {"query":"query { step1 }","variables":{"representations":[{"__typename":"User","id":"1","address":{"city":"c\"1"}}]}}""",
        ],
        """
        {"errors":[{"message":"The key is null.","path":["maybe",1,"name"],"extensions":{"code":"NULL_KEY"}}],
        "data":{"maybe":[{"id":"1","name":"one"},{"id":"2","name":null}]}}
        """);

    [Fact]
    public Task A_typename_that_an_interface_object_tells_unasked_does_not_overwrite_the_concrete_type() => Check.Answers(
        TestPlan.Build(
            "{ nodes { __typename id title @s(n: [1]) } }",
            new StepSpec("a"),
            new StepSpec("b", FetchKind.Representations, "nodes") { After = [0] }),
        [
            (0, """{"data":{"nodes":[{"__typename":"User","id":"1"},{"__typename":"Post","id":"2"}]}}"""),
            (1, """{"data":{"_entities":[{"__typename":"Node","title":"one"},{"__typename":"Node","title":"two"}]}}"""),
        ],
        """{"data":{"nodes":[{"__typename":"User","id":"1","title":"one"},{"__typename":"Post","id":"2","title":"two"}]}}""");

    [Fact]
    public Task Entities_in_lists_of_lists_get_each_their_own() => Check.Answers(
        TestPlan.Build(
            "{ grid { id score @s(n: [1]) } }", new StepSpec("a"), new StepSpec("b", FetchKind.Representations, "grid") { After = [0] }),
        [
            (0, """{"data":{"grid":[[{"id":"1"},null,{"id":"2"}],[],[{"id":"3"},{"id":"1"}]]}}"""),
            (1, """{"data":{"_entities":[{"score":1},{"score":2},{"score":3}]}}"""),
        ],
        """{"data":{"grid":[[{"id":"1","score":1},null,{"id":"2","score":2}],[],[{"id":"3","score":3},{"id":"1","score":1}]]}}""");

    [Fact]
    public Task A_list_that_two_fetches_bring_is_one_list() => Check.Answers(
        TestPlan.Build("{ users @s(n: [0, 1]) { id @s(n: [0]) name @s(n: [1]) } }", new StepSpec("a"), new StepSpec("b")),
        [(0, """{"data":{"users":[{"id":"1"},{"id":"2"}]}}"""), (1, """{"data":{"users":[{"name":"one"},{"name":"two"}]}}""")],
        """{"data":{"users":[{"id":"1","name":"one"},{"id":"2","name":"two"}]}}""");

    // The reason of each is its own, also where one that failed later stands where the object will be.
    [Fact]
    public async Task Several_sources_that_came_first_with_nothing_have_their_own_reasons_when_another_gives_the_object()
    {
        var plan = TestPlan.Build(
            """{ user @s(n: [0, 1, 2]) { title @s(n: [0]) age @s(n: [1]) id @s(n: [2]) } }""", new StepSpec("a"), new StepSpec("b"), new StepSpec("c"));
        var script = new Script(
        [
            (0, """{"errors":[{"message":"down"}],"data":null}"""),
            (1, "{"),
            (2, """{"data":{"user":{"id":"1"}}}"""),
        ]);
        Assert.Equal(
            """{"errors":[{"message":"Unexpected error from a source.","path":["user","title"],"extensions":{"code":"DOWNSTREAM_SERVICE_ERROR"}},{"message":"A source's answer is no GraphQL response.","path":["user","age"],"extensions":{"code":"SUBREQUEST_MALFORMED_RESPONSE"}}],"data":{"user":{"title":null,"age":null,"id":"1"}}}""",
            await Check.Run(plan, script, new ExecutionOptions()));
    }

    // Whoever answers first: what the other would have added fails with the reason that it has.
    [Theory]
    [InlineData("{", "A source's answer is no GraphQL response.")]
    [InlineData("""{"data":{"user":null}}""", "A source's answer lacks the entity.")]
    public async Task What_a_source_that_came_first_with_nothing_would_have_added_has_its_reason_when_another_gives_the_object(string nothing, string message)
    {
        var plan = TestPlan.Build(
            """{ user @s(n: [0, 1]) { id @s(n: [1]) name @s(n: [2], needs: "age") title @s(n: [0]) age @s(n: [0]) @hidden } }""",
            new StepSpec("a"),
            new StepSpec("b"),
            new StepSpec("b", FetchKind.Representations, "user", "id age?") { After = [0, 1] });
        var script = new Script([(0, nothing), (1, """{"data":{"user":{"id":"1"}}}"""), (2, """{"data":{"_entities":[{"name":"of null"}]}}""")]);
        Assert.Equal(
            $$$$"""{"errors":[{"message":"{{{{message}}}}","path":["user","name"],"extensions":{"code":"SUBREQUEST_MALFORMED_RESPONSE"}},{"message":"{{{{message}}}}","path":["user","title"],"extensions":{"code":"SUBREQUEST_MALFORMED_RESPONSE"}}],"data":{"user":{"id":"1","name":null,"title":null}}}""",
            await Check.Run(plan, script, new ExecutionOptions()));
    }

    [Fact]
    public Task An_item_that_one_of_two_fetches_lacks_is_there_with_an_error_for_what_it_would_have_added() => Check.Answers(
        TestPlan.Build("{ maybe @s(n: [0, 1]) { id @s(n: [0]) name @s(n: [1]) } }", new StepSpec("a"), new StepSpec("b") { After = [0] }),
        [(0, """{"data":{"maybe":[{"id":"1"},{"id":"2"}]}}"""), (1, """{"data":{"maybe":[null,{"name":"two"}]}}""")],
        """
        {"errors":[{"message":"A source's answer lacks the entity.","path":["maybe",0,"name"],"extensions":{"code":"SUBREQUEST_MALFORMED_RESPONSE"}}],
        "data":{"maybe":[{"id":"1","name":null},{"id":"2","name":"two"}]}}
        """);

    [Fact]
    public Task A_required_null_is_not_left_out_of_the_representation() => Check.Sends(
        TestPlan.Build(
            "{ maybe { id name @s(n: [1]) age @hidden } }", new StepSpec("a"), new StepSpec("b", FetchKind.Representations, "maybe", "id age?") { After = [0] }),
        [(0, """{"data":{"maybe":[{"id":"1","age":null},{"id":"2","age":2}]}}"""), (1, """{"data":{"_entities":[{"name":"one"},{"name":"two"}]}}""")],
        [
            """a {"query":"query { step0 }"}""",
            """b {"query":"query { step1 }","variables":{"representations":[{"__typename":"User","id":"1","age":null},{"__typename":"User","id":"2","age":2}]}}""",
        ],
        """{"data":{"maybe":[{"id":"1","name":"one"},{"id":"2","name":"two"}]}}""");
}
