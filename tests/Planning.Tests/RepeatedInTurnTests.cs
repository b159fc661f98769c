using Xunit;

namespace GraphGateway.Planning.Tests;

/// <summary>
/// Who asks a source for the same field of the same objects, where these are looked up by several fields in turn: all calls that ask in turn ask for the same, so that what an earlier fetch
/// gives is asked for once more where one of them is for objects for which that fetch is not sent.
/// </summary>
public sealed class RepeatedInTurnTests
{
    private const string Sources =
        """
        --- a composite
        type Query { ps: [P] }
        type P @key(fields: "k") @key(fields: "sku") @key(fields: "a b") { k: ID! sku: String a: Int b: Int }
        --- b composite
        type Query { pBySku(sku: String!): P @internal @lookup FIELDS }
        input Ab { a: Int! b: Int! }
        type P @key(fields: "sku") @key(fields: "a b") @key(fields: "id") {
          id: ID! sku: String @shareable a: Int @shareable b: Int @shareable x: Int r(z: Int @require(field: "z")): Int
        }
        --- c composite
        type Query { pByK(k: ID!): P @internal @lookup }
        type P @key(fields: "k") { k: ID! z: Int }
        --- d composite
        type Query { pByK4(k: ID!): P @internal @lookup }
        type P @key(fields: "k") { k: ID! y(x: Int @require(field: "x")): Int }
        """;

    private const string ById = """pById(id: ID!): P @internal @lookup pByAb(key: Ab! @is(field: "{ a b }")): P @internal @lookup""";
    private const string ByAb = """pByAb(key: Ab! @is(field: "{ a b }")): P @internal @lookup pById(id: ID!): P @internal @lookup""";

    [Fact]
    public void It_is_none_where_the_next_call_is_by_another_key()
    {
        var plan = Plan(ById);
        Assert.Equal(
            """
            1 b serves P.x, P.id; entered by sku
            2 b serves P.x, P.id; entered by a b where there is no sku
            4 b serves P.r; entered by sku; carries z
            5 b serves P.r; entered by id where there is no sku; carries z
            """,
            Text(plan));
        Assert.Empty(PlanVerifier.Verify(Copied(plan)));
    }

    [Fact]
    public void It_is_one_where_each_call_is_by_the_keys_of_the_earlier_one()
    {
        var plan = Plan(ByAb);
        Assert.Equal(
            """
            1 b serves P.x; entered by sku
            2 b serves P.x; entered by a b where there is no sku
            4 b serves P.r; entered by sku; carries z
            5 b serves P.r; entered by a b where there is no sku; carries z
            """,
            Text(plan));
        Assert.Equal(
            """
            step 4: it asks once more for P.x, which step 1 asks for
            step 5: it asks once more for P.x, which step 2 asks for
            """,
            string.Join('\n', PlanVerifier.Verify(Copied(plan))));
    }

    private static QueryPlan Plan(string fields) => PlanTest.Plan(Sources.Replace("FIELDS", fields, StringComparison.Ordinal), "{ ps { r x y } }");

    // Steps 4 and 5 ask for x as well.
    private static QueryPlan Copied(QueryPlan plan)
    {
        var early = plan.Steps[1];
        var read = early.Selection.Fields.Single(field => field.SourceKey == "x");
        return PlanMutants.With(plan, [.. plan.Steps.Select(step => step.Id is 4 or 5
            ? step with { Selection = step.Selection with { Fields = step.Selection.Fields.Add(read) }, Document = DocumentMutants.With(step, early, "x") }
            : step)]);
    }

    private static string Text(QueryPlan plan) => string.Join('\n', plan.Steps.Where(step => step.Source.Name == "b").Select(step => $"{step.Id} {step.Reason}"));
}
