using GraphGateway.Planning;
using Xunit;

namespace GraphGateway.Execution.Tests;

/// <summary>What sources answer when all is well.</summary>
public sealed class PlanTests
{
    [Fact]
    public Task Values_are_copied_as_they_are_in_the_order_of_the_query() => Check.Answers(
        TestPlan.Build("{ leaf { json float int id strict string boolean status ints } }", new StepSpec("a")),
        [(0, """
            { "data" : {"leaf":{"string":"x\u00e9\n","int":-7,"strict":1,"float":1.50e3,"boolean":false,"id":12,"status":"ON",
              "json":{"a":[1,{"b":null}]}, "ints":[1,null,3], "other": [{}] }}, "extensions": {"x":1} }
            """)],
        """{"data":{"leaf":{"json":{"a":[1,{"b":null}]},"float":1.50e3,"int":-7,"id":"12","strict":1,"string":"x\u00e9\n","boolean":false,"status":"ON","ints":[1,null,3]}}}""");

    [Fact]
    public Task Aliases_in_the_source_become_the_keys_of_the_answer() => Check.Answers(
        TestPlan.Build("""{ me: user @s(n: [0], as: "_u") { handle: nick @s(n: [0], as: "n0") } }""", new StepSpec("a")),
        [(0, """{"data":{"_u":{"n0":"x"}}}""")],
        """{"data":{"me":{"handle":"x"}}}""");

    [Fact]
    public Task Lists_of_lists_keep_their_shape() => Check.Answers(
        TestPlan.Build("{ matrix grid { id } }", new StepSpec("a")),
        [(0, """{"data":{"matrix":[[1,2],[],null,[3]],"grid":[[{"id":"1"},null],[]]}}""")],
        """{"data":{"matrix":[[1,2],[],null,[3]],"grid":[[{"id":"1"},null],[]]}}""");

    [Fact]
    public Task Abstract_values_are_read_by_their_typename_wherever_it_stands() => Check.Answers(
        TestPlan.Build("{ search { __typename ... on User { nick } ... on Post { title } } node { id __typename } }", new StepSpec("a")),
        [(0, """{"data":{"search":[{"__typename":"User","nick":"n"},{"title":"t","__typename":"Post"},null],"node":{"id":"1","__typename":"Post"}}}""")],
        """{"data":{"search":[{"__typename":"User","nick":"n"},{"__typename":"Post","title":"t"},null],"node":{"id":"1","__typename":"Post"}}}""");

    [Fact]
    public Task Entities_are_filled_and_an_entity_in_several_places_is_asked_for_once() => Check.Answers(
        TestPlan.Build(
            "{ users { id posts { author { nick @s(n: [1]) age @s(n: [1]) id @hidden } } } }",
            new StepSpec("a"),
            new StepSpec("b", FetchKind.Representations, "users.posts.author", "id") { After = [0] }),
        [
            (0, """{"data":{"users":[{"id":"1","posts":[{"author":{"id":"7"}},{"author":{"id":"8"}},{"author":null}]},{"id":"2","posts":[{"author":{"id":"7"}}]}]}}"""),
            (1, """{"data":{"_entities":[{"nick":"seven","age":7},{"nick":"eight","age":null}]}}"""),
        ],
        """
        {"data":{"users":[
          {"id":"1","posts":[{"author":{"nick":"seven","age":7}},{"author":{"nick":"eight","age":null}},{"author":null}]},
          {"id":"2","posts":[{"author":{"nick":"seven","age":7}}]}]}}
        """);

    [Theory]
    [InlineData("""[{"variableIndex":1,"data":{"find":{"nick":"two"}}},{"data":{"find":{"nick":"one"}},"variableIndex":0}]""")]
    [InlineData("{\"variableIndex\":0,\"data\":{\"find\":{\"nick\":\"one\"}}}\n{\"variableIndex\":1,\"data\":{\"find\":{\"nick\":\"two\"}}}\n")]
    public Task Variable_batches_are_put_together_by_index(string answer) => Check.Answers(
        TestPlan.Build("{ users { id nick @s(n: [1]) } }", new StepSpec("a"), new StepSpec("a", FetchKind.Lookup, "users") { After = [0] }),
        [(0, """{"data":{"users":[{"id":"1"},{"id":"2"}]}}"""), (1, answer)],
        """{"data":{"users":[{"id":"1","nick":"one"},{"id":"2","nick":"two"}]}}""");

    [Fact]
    public Task Alias_batches_are_put_together_by_alias() => Check.Answers(
        TestPlan.Build(
            "{ users { id nick @s(n: [1]) } }",
            new StepSpec("a"),
            new StepSpec("b", FetchKind.Lookup, "users") { After = [0], Lookup = "internal.find" }),
        [
            (0, """{"data":{"users":[{"id":"1"},{"id":"2"}]}}"""),
            (1, """{"data":{"_1":{"find":{"nick":"two"}},"_0":{"find":{"nick":"one"}}}}"""),
        ],
        """{"data":{"users":[{"id":"1","nick":"one"},{"id":"2","nick":"two"}]}}""");

    [Fact]
    public Task Without_batching_each_target_is_a_request() => Check.Answers(
        TestPlan.Build("{ users { id nick @s(n: [1]) } }", new StepSpec("a"), new StepSpec("c", FetchKind.Lookup, "users") { After = [0] }),
        [(0, """{"data":{"users":[{"id":"1"},{"id":"2"}]}}"""), (1, """{"data":{"find":{"nick":"one"}}}"""), (1, """{"data":{"find":{"nick":"two"}}}""")],
        """{"data":{"users":[{"id":"1","nick":"one"},{"id":"2","nick":"two"}]}}""");

    [Fact]
    public Task A_batch_larger_than_allowed_is_split() => Check.Answers(
        TestPlan.Build("{ users { id nick @s(n: [1]) } }", new StepSpec("a"), new StepSpec("b", FetchKind.Representations, "users") { After = [0] }),
        [
            (0, """{"data":{"users":[{"id":"1"},{"id":"2"},{"id":"3"}]}}"""),
            (1, """{"data":{"_entities":[{"nick":"one"},{"nick":"two"}]}}"""),
            (1, """{"data":{"_entities":[{"nick":"three"}]}}"""),
        ],
        """{"data":{"users":[{"id":"1","nick":"one"},{"id":"2","nick":"two"},{"id":"3","nick":"three"}]}}""",
        new ExecutionOptions { MaxBatchSize = 2 });

    [Fact]
    public Task Without_targets_nothing_is_asked() => Check.Answers(
        TestPlan.Build(
            "{ users { id boss { nick @s(n: [1]) id @hidden } } maybe { id nick @s(n: [2]) } }",
            new StepSpec("a"),
            new StepSpec("b", FetchKind.Representations, "users.boss") { After = [0] },
            new StepSpec("b", FetchKind.Lookup, "maybe") { After = [0] }),
        [(0, """{"data":{"users":[{"id":"1","boss":null}],"maybe":[]}}""")],
        """{"data":{"users":[{"id":"1","boss":null}],"maybe":[]}}""");

    [Fact]
    public Task A_target_of_another_type_is_left_alone() => Check.Answers(
        TestPlan.Build(
            "{ nodes { id ... on User { nick @s(n: [1]) } } }",
            new StepSpec("a"),
            new StepSpec("b", FetchKind.Representations, "nodes") { After = [0], On = "User", TellsType = true }),
        [
            (0, """{"data":{"nodes":[{"__typename":"Post","id":"1"},{"__typename":"User","id":"2"}]}}"""),
            (1, """{"data":{"_entities":[{"__typename":"User","nick":"two"}]}}"""),
        ],
        """{"data":{"nodes":[{"id":"1"},{"id":"2","nick":"two"}]}}""");

    [Fact]
    public Task An_object_that_two_sources_know_is_filled_by_both() => Check.Answers(
        TestPlan.Build(
            "{ users { id address @s(n: [1, 2]) { street @s(n: [1]) city @s(n: [2]) } } }",
            new StepSpec("a"),
            new StepSpec("b", FetchKind.Representations, "users") { After = [0] },
            new StepSpec("a", FetchKind.Representations, "users", "id") { After = [1] }),
        [
            (0, """{"data":{"users":[{"id":"1"},{"id":"1"}]}}"""),
            (1, """{"data":{"_entities":[{"address":{"street":"s"}}]}}"""),
            (2, """{"data":{"_entities":[{"address":{"city":"c"}}]}}"""),
        ],
        """{"data":{"users":[{"id":"1","address":{"street":"s","city":"c"}},{"id":"1","address":{"street":"s","city":"c"}}]}}""");

    [Fact]
    public Task What_two_places_share_is_parted_before_only_one_of_them_is_filled() => Check.Answers(
        TestPlan.Build(
            "{ users { id age @s(n: [0]) address @s(n: [1, 2]) { street @s(n: [1]) city @s(n: [2]) } } }",
            new StepSpec("a"),
            new StepSpec("b", FetchKind.Representations, "users") { After = [0] },
            new StepSpec("b", FetchKind.Representations, "users", "id age?") { After = [1] }),
        [
            (0, """{"data":{"users":[{"id":"1","age":1},{"id":"1","age":2}]}}"""),
            (1, """{"data":{"_entities":[{"address":{"street":"s"}}]}}"""),
            (2, """{"data":{"_entities":[{"address":{"city":"one"}},{"address":{"city":"two"}}]}}"""),
        ],
        """{"data":{"users":[{"id":"1","age":1,"address":{"street":"s","city":"one"}},{"id":"1","age":2,"address":{"street":"s","city":"two"}}]}}""");

    [Fact]
    public Task A_required_field_is_sent_even_if_it_is_null_and_a_key_never() => Check.Answers(
        TestPlan.Build(
            "{ maybe { age name nick @s(n: [1]) } }",
            new StepSpec("a"),
            new StepSpec("b", FetchKind.Representations, "maybe", "name age?") { After = [0] }),
        [
            (0, """{"data":{"maybe":[{"name":"x","age":null},{"name":"y","age":2},null]}}"""),
            (1, """{"data":{"_entities":[{"nick":"nx"},{"nick":"ny"}]}}"""),
        ],
        """{"data":{"maybe":[{"age":null,"name":"x","nick":"nx"},{"age":2,"name":"y","nick":"ny"},null]}}""");

    [Fact]
    public Task Steps_of_a_mutation_run_one_after_the_other() => Check.Answers(
        TestPlan.Build(
            "mutation { first { nick } second @s(n: [1]) { nick } }",
            new StepSpec("a") { Operation = Language.OperationType.Mutation },
            new StepSpec("a") { After = [0], Operation = Language.OperationType.Mutation }),
        [(0, """{"data":{"first":{"nick":"1"}}}"""), (1, """{"data":{"second":{"nick":"2"}}}""")],
        """{"data":{"first":{"nick":"1"},"second":{"nick":"2"}}}""");

    // Both users have one boss object after step 1. Step 2 reads into it at each place, which makes two of it, while step 3 is on its way.
    [Fact]
    public Task An_object_of_several_places_that_is_taken_apart_while_a_fetch_is_on_its_way_gets_its_answer_everywhere() => Check.Answers(
        TestPlan.Build(
            "{ users { id boss @s(n: [1, 2]) { id @s(n: [1]) nick @s(n: [2]) name @s(n: [3]) } } }",
            new StepSpec("a"),
            new StepSpec("b", FetchKind.Representations, "users") { After = [0] },
            new StepSpec("c", FetchKind.Representations, "users") { After = [1] },
            new StepSpec("b", FetchKind.Representations, "users.boss") { After = [1] }),
        [
            (0, """{"data":{"users":[{"id":"1"},{"id":"1"}]}}"""),
            (1, """{"data":{"_entities":[{"boss":{"id":"7"}}]}}"""),
            (2, """{"data":{"_entities":[{"boss":{"nick":"n"}}]}}"""),
            (3, """{"data":{"_entities":[{"name":"seven"}]}}"""),
        ],
        """{"data":{"users":[{"id":"1","boss":{"id":"7","nick":"n","name":"seven"}},{"id":"1","boss":{"id":"7","nick":"n","name":"seven"}}]}}""");
}
