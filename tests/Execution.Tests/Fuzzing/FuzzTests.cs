using GraphGateway.Planning;
using Xunit;

namespace GraphGateway.Execution.Tests;

/// <summary>Random answers, right and wrong: the executor and its naive twin agree on every one, and nothing throws.</summary>
public sealed class FuzzTests
{
    private const int Runs = 1500;

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
    };

    [Theory]
    [MemberData(nameof(Plans))]
    public async Task Executor_and_twin_agree(string name)
    {
        var plan = PlansByName[name];
        for (var seed = 0; seed < Runs; seed++)
        {
            await Check.Agree(plan, () => new Script(new RandomAnswers(plan, seed).Next), $"{name}, seed {seed}");
        }
    }
}
