using GraphGateway.TypeSystem.Supergraphs;
using Xunit;

namespace GraphGateway.Composition.Tests;

/// <summary>
/// Sources of Composite Schemas may say who may see their members by the names that Apollo's dialect has for it: what one source protects is protected,
/// with what it is an interface of.
/// </summary>
public sealed class CompositeAccessTests
{
    private const string Definitions =
        """
        directive @authenticated on OBJECT | FIELD_DEFINITION | ENUM | SCALAR
        directive @requiresScopes(scopes: [[String!]!]!) on OBJECT | FIELD_DEFINITION
        """;

    [Fact]
    public void They_protect_what_they_are_on()
    {
        var result = Composer.Compose(Rule.Sources(
            $$"""
            # source a
            {{Definitions}}
            type Query { user(id: ID!): User @lookup  all: [Named] }
            interface Named { name: String }
            type User implements Named { id: ID!  name: String @requiresScopes(scopes: [["read:user"]])  mood: Mood }
            enum Mood @authenticated { GOOD }

            # source b
            {{Definitions}}
            type Query { userById(id: ID!): User @lookup @internal }
            type User @authenticated { id: ID!  age: Int }
            """,
            new SourceSettings()));

        Assert.Equal("", Rule.Text(result));
        Assert.Equal(
            ["Named", "Named.name", "User", "User.name", "Mood"],
            AccessRequirement.ProtectedMembers(result.Supergraph!));
    }

    // Or "... on Rose" were a way around what the interface withholds. The first source is of Composite Schemas by its definitions alone: in Apollo's dialect, which
    // knows these directives where they are linked, they would hold nobody back.
    [Fact]
    public void What_stands_on_an_interface_holds_for_its_objects_of_whatever_source_and_for_their_other_interfaces()
    {
        var result = Composer.Compose(Rule.Sources(
            $$"""
            # source a
            directive @authenticated on INTERFACE | FIELD_DEFINITION
            directive @requiresScopes(scopes: [[String!]!]!) on OBJECT | FIELD_DEFINITION
            type Query { plants: [Plant] herbs: [Herb] things: [Thing] }
            interface Plant { id: ID! price: Int @authenticated }
            interface Thing { id: ID! price: Int }
            type Rose implements Plant & Thing { id: ID! price: Int @requiresScopes(scopes: [["r"]]) }
            type Stone implements Thing { id: ID! price: Int }
            interface Herb @authenticated { name: String }

            # source b
            type Query { fern(id: ID!): Fern @lookup mint: Mint }
            interface Plant { id: ID! price: Int }
            type Fern implements Plant { id: ID! price: Int }
            interface Herb { name: String }
            type Mint implements Herb { name: String }
            """,
            new SourceSettings()));

        Assert.Equal("", Rule.Text(result));
        Assert.Equal(
            "Fern.price Herb Mint Plant.price Rose.price Thing.price",
            string.Join(' ', AccessRequirement.ProtectedMembers(result.Supergraph!).Order(StringComparer.Ordinal)));
    }
}
