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
}
