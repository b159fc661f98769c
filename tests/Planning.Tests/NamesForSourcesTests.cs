using GraphGateway.Language;
using GraphGateway.TypeSystem.Supergraphs;
using Xunit;

namespace GraphGateway.Planning.Tests;

/// <summary>Names that the planner makes are names, and nobody else's.</summary>
public sealed class NamesForSourcesTests
{
    [Fact]
    public void An_alias_of_an_underscore_and_a_digit_stays_a_name_when_it_is_taken_twice() => PlanTest.Check(
        """
        --- a apollo
        type Query { pets: [Pet] }
        union Pet = Cat | Dog
        type Cat { f(n: Int): Int }
        type Dog { f(n: Int): Int }
        """,
        "{ pets { ... on Cat { _1: f(n: 1) __: f(n: 3) } ... on Dog { _1: f(n: 2) __: f(n: 4) } } }",
        """
        1 fetch, 1 deep, estimated cost 141
          0 a

        0 a, cost 141
          why: a serves Query.pets
          {
            pets {
              __typename
              ... on Cat {
                _1: f(n: 1)
                __: f(n: 3)
              }
              ... on Dog {
                _1_2: f(n: 2)
                _2: f(n: 4)
              }
            }
          }
        """);

    [Fact]
    public void A_variable_of_the_client_named_like_a_list_of_representations_is_not_taken_for_one()
    {
        var supergraph = SupergraphReader.Read(new SourceText("""
            schema @gateway__supergraph(version: 1) { query: Query }
            enum gateway__Source { GARDENS @gateway__source(name: "gardens", dialect: APOLLO) }
            type Query @gateway__type(in: GARDENS) { garden: Garden @gateway__field(in: GARDENS) }
            type Garden @gateway__type(in: GARDENS) @gateway__context(in: GARDENS, name: "garden") {
              soil: String @gateway__field(in: GARDENS)
              best: Rose @gateway__field(in: GARDENS)
            }
            type Rose @gateway__type(in: GARDENS) @gateway__key(in: GARDENS, fields: "id") @gateway__lookup(in: GARDENS, key: "id") {
              id: ID! @gateway__field(in: GARDENS)
              height(unit: Int): Int @gateway__field(in: GARDENS, contextArguments: [{name: "soil", type: "String", context: "garden", selection: "soil"}])
            }
            """)).Supergraph!;

        var plan = PlanTest.Plan(supergraph, "query($representations_0: Int) { garden { best { height(unit: $representations_0) } } }");

        // Two objects with different values from the context are two lists.
        var document = Parser.ParseDocument(new SourceText(plan.Steps[1].Document.WithAliases(2))).Value!;
        Assert.Equal(
            ["representations_0", "__gg_representations_0", "__gg_2_soil_0", "__gg_representations_1", "__gg_2_soil_1"],
            ((OperationDefinitionNode)document.Definitions[0]).VariableDefinitions.Select(variable => variable.Variable.Name.Value));
    }
}
