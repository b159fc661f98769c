using GraphGateway.Planning;
using Xunit;

namespace GraphGateway.Execution.Tests;

/// <summary>What a plan takes in memory grows with its steps and fields, and not with what they are to each other.</summary>
public sealed class PlanMemoryTests
{
    // Each step looks for its entities at 32 places of the answer: here at users, and at u0 to u30.
    [Theory]
    [InlineData(0, false)]
    [InlineData(30, false)]
    [InlineData(31, true)]
    [InlineData(99, true)]
    public async Task A_step_looks_for_its_entities_at_a_bounded_number_of_places(int known, bool isAsked)
    {
        var lists = string.Concat(Enumerable.Range(0, 100).Select(n => n == known ? $$""","u{{n}}":[{"id":"9","name":"nine"}]""" : $$""","u{{n}}":[]"""));
        var root = $$$"""{"data":{"users":[{"id":"1","name":"one"}]{{{lists}}}}}""";
        const string asked = """a {"query":"query { step2 }","variables":{"representations":[{"__typename":"User","id":"9"}]}}""";
        string[] requests =
        [
            """a {"query":"query { step0 }"}""",
            """b {"query":"query { step1 }","variables":{"representations":[{"__typename":"User","id":"1"}]}}""",
            .. isAsked ? [asked] : Array.Empty<string>(),
        ];
        await Check.Sends(
            Plan(100),
            [(0, root), (1, """{"data":{"_entities":[{"boss":{"id":"9"}}]}}"""), (2, """{"data":{"_entities":[{"name":"nine"}]}}""")],
            requests,
            root.Replace("\"name\":\"one\"", """ "name":"one","boss":{"id":"9","name":"nine"} """, StringComparison.Ordinal),
            new ExecutionOptions { ReusesEntities = true });
    }

    // What is made at the first execution is there before it, and nothing is left to be made.
    [Fact]
    public void What_is_certain_is_made_ahead()
    {
        var plan = Plan(3);
        var made = new PlanExecutor(plan.Supergraph, new ScriptTransport(new Script()), new ExecutionOptions()).Prepare(plan);
        made.MakeCertain();
        var user = made.Space.Find("User");
        CompiledSelection[] ofUsers = [made.Steps[0].Selection.Child(0)!, made.Steps[0].Selection.Child(1)!, made.Steps[1].Selection, made.Steps[1].Selection.Child(0)!, made.Steps[2].Selection];
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var selection in ofUsers)
        {
            selection.Variant(user);
            selection.Shape.Variant(user);
        }

        made.Root.Variant(made.Space.Find("Query"));
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    // A source's documents and 4,000 bytes for each of three steps, 800 for each field, and 2,000.
    [Fact]
    public void A_plan_says_about_how_many_bytes_it_takes()
    {
        var (small, large) = (Plan(0), Plan(100));
        var executor = new PlanExecutor(small.Supergraph, new ScriptTransport(new Script()), new ExecutionOptions());
        var text = 4 * small.Steps.Sum(step => step.Document.Text.Length);
        Assert.Equal(2_000 + (3 * 4_000) + (6 * 800) + text, executor.Prepare(small).Bytes);
        Assert.Equal(2_000 + (3 * 4_000) + (306 * 800) + text, executor.Prepare(large).Bytes);
    }

    // a tells the users of all places, b who is whose boss at the first.
    private static QueryPlan Plan(int others) => TestPlan.Build(
        $$"""{ users { id name boss @s(n: [1]) { id name @s(n: [2]) } } {{string.Join(' ', Enumerable.Range(0, others).Select(n => $"u{n}: users {{ id name }}"))}} }""",
        new StepSpec("a"),
        new StepSpec("b", FetchKind.Representations, "users") { After = [0] },
        new StepSpec("a", FetchKind.Representations, "users.boss") { After = [1] });
}
