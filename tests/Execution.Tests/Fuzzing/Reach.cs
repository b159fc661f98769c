using System.Text.Json.Nodes;
using GraphGateway.Planning;
using Xunit;

namespace GraphGateway.Execution.Tests;

/// <summary>
/// How far the random answers to a plan lead: without data at the root no other step asks for anything, and whatever is compared then is empty.
/// </summary>
internal sealed class Reach(QueryPlan plan)
{
    private readonly int[] asked = new int[plan.Steps.Length];
    private int runs;
    private int fields;
    private int present;

    /// <summary>The answers as a script that counts who asks.</summary>
    public Script Script(Func<int, string, Answer> answer) => new((step, body) =>
    {
        asked[step]++;
        return answer(step, body);
    });

    /// <summary>Counts the root fields of an answer, and those that are not null.</summary>
    public void Add(JsonObject answer)
    {
        runs++;
        foreach (var field in plan.Root.Fields.Where(field => !field.IsHidden))
        {
            fields++;
            present += answer["data"]?[field.Key] is null ? 0 : 1;
        }
    }

    /// <summary>Of the root fields at least half have been there, and each step has asked in at least one of ten runs.</summary>
    public void AssertWide(string what)
    {
        Assert.True(present * 2 >= fields, $"{what}: of {fields} root fields {present} were there.");
        // The executor and its twin have asked each.
        Assert.All(asked, count => Assert.True(count * 5 >= runs, $"{what}: in {runs} runs the steps asked so often, twice: {string.Join(", ", asked)}."));
    }
}
