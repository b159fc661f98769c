using Xunit;

namespace GraphGateway.Planning.Tests;

/// <summary>Requirements of requirements, and keys that lead through objects of the same type: what is needed once is looked for once, and is found.</summary>
public sealed class RequirementGrowthTests
{
    private const int Fields = 30;

    // Each field requires the two before it: followed one by one there are 1.3 million ways down from the last, which took longer than anybody waits.
    [Fact]
    public void What_several_fields_require_is_planned_once_however_many_ways_lead_there()
    {
        var supergraph = TestGraph.Compose(string.Join('\n', Enumerable.Range(0, 3).Select(Source)));
        var operation = TestOperation.Normalize(supergraph.PublicSchema, $"{{ t {{ c{Fields} }} }}");
        QueryPlanner.Plan(supergraph, operation, new PlannerOptions { AttemptsMax = 0 });
        var before = GC.GetAllocatedBytesForCurrentThread();

        var plan = QueryPlanner.Plan(supergraph, operation);

        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 30_000_000);
        Assert.Empty(plan.Unservable);
        Assert.Equal(Fields + 1, plan.Steps.Length);
        Assert.Equal(["__typename", "id", "c29", "c28"], ((ObjectTemplate)plan.Steps[^1].Inputs[0].Value).Entries.Select(entry => entry.Name));
    }

    private static string Source(int source) => $"--- s{source} apollo\n{(source == 0 ? "type Query { t: T }\n" : "")}type T @key(fields: \"id\") {{ id: ID! "
        + string.Join(' ', Enumerable.Range(0, Fields + 1).Select(i => i % 3 != source ? $"c{i}: Int @external"
            : i < 2 ? $"c{i}: Int" : $"c{i}: Int @requires(fields: \"c{i - 1} c{i - 2}\")"))
        + " }";

    // The folder above is looked up for its path as the folder itself could be: the key of a type goes through another object of the type.
    [Fact]
    public void A_key_through_an_object_of_the_same_type_is_found_with_the_help_of_a_third_source()
    {
        var plan = PlanTest.Plan(
            """
            --- a apollo
            type Query { folder: Folder }
            type Folder @key(fields: "id") { id: ID! parent: Folder }
            --- b apollo
            type Folder @key(fields: "parent { path }") { parent: Folder path: String size: Int }
            --- c apollo
            type Folder @key(fields: "id") { id: ID! path: String }
            """,
            "{ folder { size } }");

        Assert.Empty(plan.Unservable);
        Assert.Equal(["a at ", "c at folder.parent", "b at folder"], plan.Steps.Select(step => $"{step.Source.Name} at {string.Join('.', step.Path.Select(field => field.Key.TrimStart('~')))}"));
    }

    // Circles of nested keys end, whatever is asked first.
    [Fact]
    public void Keys_that_lead_to_each_other_are_found_whatever_is_asked_first()
    {
        const string graph = """
            --- a apollo
            type Query { t: T u: U }
            type T { sku: ID! x: U }
            type U { tag: ID! y: T }
            --- b apollo
            type T @key(fields: "x { uid }") { x: U name: String }
            type U { uid: ID }
            --- c apollo
            type T @key(fields: "sku") { sku: ID! id: ID }
            --- d apollo
            type U @key(fields: "y { id }") { y: T uid: ID }
            type T { id: ID }
            """;

        Assert.Empty(PlanTest.Plan(graph, "{ t { name } }").Unservable);
        Assert.Empty(PlanTest.Plan(graph, "{ u { uid y { name } } }").Unservable);
    }
}
