using GraphGateway.Planning;
using GraphGateway.TestKit;
using Xunit;

namespace GraphGateway.Execution.Tests;

/// <summary>
/// Random answers, right and wrong, that come in random orders: the executor and its naive twin, which asks one after the other, agree on every
/// one, and nothing throws.
/// </summary>
public sealed class FuzzTests
{
    private const int Runs = 1500;

    private static IEnumerable<int> Seeds => Enumerable.Range(0, Runs).Select(run => unchecked(Seed.Value + run));

    public static TheoryData<string> Plans => [.. PlansByName.Keys];

    private static Dictionary<string, QueryPlan> PlansByName { get; } = new()
    {
        ["one source"] = TestPlan.Build(
            "{ user { id name nick age boss { nick friends { id age } } } leaf { int float string boolean id status json ints strict tags } matrix grid { title } }",
            new StepSpec("a")),
        ["abstract types"] = TestPlan.Build(
            "{ node { __typename id title } nodes { id ... on User { nick posts { title } } ... on Post { score } } search { ... on Post { title author { nick } } ... on User { age } } }",
            new StepSpec("a")),
        ["representations"] = TestPlan.Build(
            "{ users { id boss { id @hidden nick @s(n: [1]) friends @s(n: [1]) { id nick } } } maybe { id name @s(n: [2]) age @s(n: [2]) nick @s(n: [2]) } }",
            new StepSpec("a"),
            new StepSpec("b", FetchKind.Representations, "users.boss") { After = [0] },
            new StepSpec("a", FetchKind.Representations, "maybe") { After = [0], TellsType = true }),
        ["variable batch"] = TestPlan.Build(
            "{ users { id posts { id title author @s(n: [1]) { nick name } } } }",
            new StepSpec("a"),
            new StepSpec("a", FetchKind.Lookup, "users.posts") { After = [0] }),
        ["alias batch"] = TestPlan.Build(
            "{ maybe { id boss @s(n: [1]) { nick name friends { age } } } }",
            new StepSpec("a"),
            new StepSpec("b", FetchKind.Lookup, "maybe") { After = [0], Lookup = "outer.find" }),
        ["no batch"] = TestPlan.Build(
            "{ maybe { id boss @s(n: [1]) { nick } } }",
            new StepSpec("a"),
            new StepSpec("c", FetchKind.Lookup, "maybe") { After = [0] }),
        ["chain with a requirement"] = TestPlan.Build(
            "{ maybe { id age @s(n: [1]) name @s(n: [2]) boss @s(n: [2]) { id nick @s(n: [3]) } } }",
            new StepSpec("a"),
            new StepSpec("b", FetchKind.Representations, "maybe") { After = [0] },
            new StepSpec("a", FetchKind.Representations, "maybe", "id age?") { After = [1] },
            new StepSpec("a", FetchKind.Lookup, "maybe.boss") { After = [2] }),
        ["one object from two sources"] = TestPlan.Build(
            "{ maybe { id age address @s(n: [1, 2]) { street @s(n: [1]) city @s(n: [2]) } } }",
            new StepSpec("a"),
            new StepSpec("b", FetchKind.Representations, "maybe") { After = [0] },
            new StepSpec("b", FetchKind.Representations, "maybe", "id age?") { After = [1] }),
        ["values that do not fit"] = TestPlan.Build(
            """{ maybe { id age @s(n: [1]) nick @s(n: [2], needs: "age") name @s(n: [2], needs: "address") boss @s(n: [2]) { id } address { city @hidden } } }""",
            new StepSpec("a"),
            new StepSpec("b", FetchKind.Representations, "maybe") { After = [0] },
            new StepSpec("a", FetchKind.Representations, "maybe", "id age?! address.city?!") { After = [1] }),
        ["lists that do not fit"] = TestPlan.Build(
            """{ leaf { id ints tags float @s(n: [1], needs: "ints") string @s(n: [1], needs: "tags") boolean @s(n: [1]) } }""",
            new StepSpec("a"),
            new StepSpec("b", FetchKind.Representations, "leaf", "id ints?[!] tags?!") { After = [0] }),
        ["a lookup of values that do not fit"] = TestPlan.Build(
            """{ leaf { id ints int float @s(n: [1], needs: "ints") boolean @s(n: [1]) string @s(n: [2], needs: "int") } }""",
            new StepSpec("a"),
            new StepSpec("b", FetchKind.Lookup, "leaf", "id ints?[!]") { After = [0] },
            new StepSpec("a", FetchKind.Lookup, "leaf", "id int?!") { After = [0] }),
        ["request batch"] = TestPlan.Build(
            "{ maybe { id boss @s(n: [1]) { nick name friends { age } } } }",
            new StepSpec("a"),
            new StepSpec("d", FetchKind.Lookup, "maybe") { After = [0] }),
        ["lookups in turn"] = TestPlan.Build(
            "{ maybe { id name title age greeting @s(n: [1, 2, 3]) boss @s(n: [1, 2, 3]) { id nick friends { id age } } } users { id age boss @s(n: [4, 5]) { nick @s(n: [6]) @hidden id } } }",
            new StepSpec("a"),
            new StepSpec("b", FetchKind.Lookup, "maybe", "name") { After = [0] },
            new StepSpec("b", FetchKind.Lookup, "maybe", "title age?!") { After = [0], InsteadOf = [1] },
            new StepSpec("b", FetchKind.Lookup, "maybe") { After = [0], InsteadOf = [1, 2] },
            new StepSpec("a", FetchKind.Lookup, "users", "age") { After = [0] },
            new StepSpec("a", FetchKind.Lookup, "users") { After = [0], InsteadOf = [4] },
            new StepSpec("c", FetchKind.Representations, "users.boss") { After = [4, 5] }),
        ["steps side by side"] = TestPlan.Build(
            "{ maybe { id age @s(n: [1]) name @s(n: [2]) boss @s(n: [3]) { id nick @s(n: [4]) } friends @s(n: [5]) { age } } }",
            new StepSpec("a"),
            new StepSpec("b", FetchKind.Representations, "maybe") { After = [0] },
            new StepSpec("c", FetchKind.Lookup, "maybe") { After = [0] },
            new StepSpec("b", FetchKind.Lookup, "maybe") { After = [0] },
            new StepSpec("a", FetchKind.Lookup, "maybe.boss") { After = [3] },
            new StepSpec("a", FetchKind.Representations, "maybe", "id age?") { After = [1] }),
    };

    // Whose answer comes first decides where an error of a source stands, though not what the data are.
    private static Dictionary<string, QueryPlan> PlansWithObjectsOfTwo { get; } = new()
    {
        ["below an entity"] = TestPlan.Build(
            "{ maybe { id address @s(n: [1, 2]) { street @s(n: [1]) city @s(n: [2]) } } }",
            new StepSpec("a"),
            new StepSpec("b", FetchKind.Representations, "maybe") { After = [0] },
            new StepSpec("a", FetchKind.Representations, "maybe") { After = [0] }),
        ["at the root, with what requires it"] = TestPlan.Build(
            "{ user @s(n: [0, 1]) { id @s(n: [0]) age @s(n: [1]) @hidden name @s(n: [2]) address @s(n: [0, 1, 3]) { street @s(n: [0]) city @s(n: [3]) } } }",
            new StepSpec("a"),
            new StepSpec("b"),
            new StepSpec("a", FetchKind.Representations, "user", "id age?") { After = [0, 1] },
            new StepSpec("b", FetchKind.Lookup, "user") { After = [0] }),
    };

    private static QueryPlan[] PlansOfSharedRequests { get; } =
    [
        TestPlan.Build(
            "{ users { id nick @s(n: [2]) age @s(n: [4]) boss @s(n: [1]) { id nick @s(n: [3]) } } }",
            new StepSpec("a"),
            new StepSpec("b", FetchKind.Representations, "users") { After = [0] },
            new StepSpec("a", FetchKind.Representations, "users") { After = [0], Request = 1 },
            new StepSpec("a", FetchKind.Representations, "users.boss") { After = [1], Request = 1, Document = 2 },
            new StepSpec("b", FetchKind.Representations, "users") { After = [2] }),
        TestPlan.Build(
            "{ users { id nick @s(n: [2]) age @s(n: [5]) boss @s(n: [1]) { id nick @s(n: [3]) age @s(n: [4]) } } }",
            new StepSpec("a"),
            new StepSpec("b", FetchKind.Lookup, "users") { After = [0] },
            new StepSpec("a", FetchKind.Lookup, "users") { After = [0], Request = 1 },
            new StepSpec("a", FetchKind.Lookup, "users.boss") { After = [1], Request = 1, Document = 2 },
            new StepSpec("b", FetchKind.Representations, "users.boss") { After = [1] },
            new StepSpec("b", FetchKind.Representations, "users") { After = [2] }),
        TestPlan.Build(
            "{ user { id nick @s(n: [1]) friends @s(n: [1]) { id age @s(n: [4]) } } maybe { id nick @s(n: [2]) boss @s(n: [3]) { id nick @s(n: [5]) } } }",
            new StepSpec("a"),
            new StepSpec("b", FetchKind.Representations, "user") { After = [0], Request = 1 },
            new StepSpec("b", FetchKind.Representations, "maybe") { After = [0], Request = 1 },
            new StepSpec("a", FetchKind.Representations, "maybe") { After = [0] },
            new StepSpec("a", FetchKind.Representations, "user.friends") { After = [1], Request = 2 },
            new StepSpec("a", FetchKind.Representations, "maybe.boss") { After = [3], Request = 2 }),
        // Different lookups: under aliases, and as a list of requests.
        TestPlan.Build(
            "{ users { id nick @s(n: [1]) age @s(n: [2]) boss @s(n: [1]) { id nick @s(n: [3]) name @s(n: [4]) } } maybe { id name @s(n: [5]) age @s(n: [6]) } }",
            new StepSpec("a"),
            new StepSpec("b", FetchKind.Lookup, "users") { After = [0], Request = 1 },
            new StepSpec("b", FetchKind.Lookup, "users") { After = [0], Request = 1 },
            new StepSpec("d", FetchKind.Lookup, "users.boss") { After = [1], Request = 3 },
            new StepSpec("d", FetchKind.Lookup, "users.boss") { After = [1], Request = 3 },
            new StepSpec("b", FetchKind.Lookup, "maybe") { After = [0], Request = 1 },
            new StepSpec("b", FetchKind.Lookup, "maybe") { After = [0], Request = 1, Document = 2 }),
    ];

    [Theory]
    [MemberData(nameof(Plans))]
    public async Task Executor_and_twin_agree(string name)
    {
        var plan = PlansByName[name];
        var reach = new Reach(plan);
        foreach (var seed in Seeds)
        {
            reach.Add(await Check.Agree(plan, () => reach.Script(new RandomAnswers(plan, seed).Next), $"{name}, seed {seed}", OrderOf(seed)));
        }

        reach.AssertWide(name);
    }

    [Fact]
    public async Task The_data_are_the_same_whoever_gives_an_object_first()
    {
        foreach (var (name, plan) in PlansWithObjectsOfTwo)
        {
            var reach = new Reach(plan);
            foreach (var seed in Seeds)
            {
                reach.Add(await Check.AgreeOnData(plan, () => reach.Script(new RandomAnswers(plan, seed).Next), $"{name}, seed {seed}", OrderOf(seed)));
            }

            reach.AssertWide(name);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Steps_that_share_requests_answer_as_each_alone(bool reusesEntities)
    {
        var (options, spared) = (new ExecutionOptions { ReusesEntities = reusesEntities }, 0);
        foreach (var (plan, seed) in PlansOfSharedRequests.SelectMany(plan => Seeds.Select(seed => (plan, seed))))
        {
            var (alone, shared, order) = (new Script(new ConsistentAnswers(plan, seed).Next), new Script(new ConsistentAnswers(plan, seed).Next), OrderOf(seed));
            var expected = Check.Format(new NaiveExecutor(plan, alone, options).Run());
            var answer = Check.Format(await order.RunAsync(() => Check.Run(plan, new ScriptTransport(shared, order), options)));
            Assert.DoesNotContain("errors", expected, StringComparison.Ordinal);
            Assert.True(expected == answer, $"plan {Array.IndexOf(PlansOfSharedRequests, plan)}, seed {seed}, order {order.Seed}\nalone:  {expected}\nshared: {answer}");
            spared += alone.Requests.Sum(request => request.Length) - shared.Requests.Sum(request => request.Length);
        }

        Assert.True(spared > 0, "Nothing was shared");
    }

    // Not by the seed itself: it says how wrong the answers are.
    private static AnswerOrder OrderOf(int seed) => new(unchecked(seed + (seed / 5)));
}
