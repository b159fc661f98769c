using System.Collections.Immutable;
using GraphGateway.Language;

namespace GraphGateway.TypeSystem.Supergraphs;

/// <summary>Directives that both dialects know under the same name and that stay on the composed schema.</summary>
public static class WellKnownDirectives
{
    /// <summary>Hides a member from clients.</summary>
    public const string Inaccessible = "inaccessible";

    /// <summary>Labels a member for contracts.</summary>
    public const string Tag = "tag";

    /// <summary>A member's static cost.</summary>
    public const string Cost = "cost";

    /// <summary>The size of a list for the static cost.</summary>
    public const string ListSize = "listSize";

    /// <summary>Only for those who are known (<see cref="AccessRequirement"/>).</summary>
    public const string Authenticated = "authenticated";

    /// <summary>Only for those with certain scopes (<see cref="AccessRequirement"/>).</summary>
    public const string RequiresScopes = "requiresScopes";

    /// <summary>Only for those whom a policy lets in (<see cref="AccessRequirement"/>).</summary>
    public const string Policy = "policy";

    private const string PrivateText = """
        directive @inaccessible on SCALAR | OBJECT | FIELD_DEFINITION | ARGUMENT_DEFINITION | INTERFACE | UNION | ENUM | ENUM_VALUE | INPUT_OBJECT | INPUT_FIELD_DEFINITION
        directive @tag(name: String!) repeatable on SCHEMA | SCALAR | OBJECT | FIELD_DEFINITION | ARGUMENT_DEFINITION | INTERFACE | UNION | ENUM | ENUM_VALUE | INPUT_OBJECT | INPUT_FIELD_DEFINITION
        directive @authenticated on FIELD_DEFINITION | OBJECT | INTERFACE | SCALAR | ENUM
        directive @requiresScopes(scopes: [[String!]!]!) on FIELD_DEFINITION | OBJECT | INTERFACE | SCALAR | ENUM
        directive @policy(policies: [[String!]!]!) on FIELD_DEFINITION | OBJECT | INTERFACE | SCALAR | ENUM
        """;

    private const string PublicText = """
        directive @cost(weight: String!) on SCALAR | OBJECT | FIELD_DEFINITION | ARGUMENT_DEFINITION | ENUM | INPUT_FIELD_DEFINITION
        directive @listSize(assumedSize: Int, slicingArguments: [String!], sizedFields: [String!], requireOneSlicingArgument: Boolean = true, slicingArgumentDefaultValue: Int) on FIELD_DEFINITION
        """;

    /// <summary>The definitions of all of them.</summary>
    public static DocumentNode Document { get; } = Parse(PrivateText + "\n" + PublicText);

    /// <summary>The definitions of those that clients see: what helps them to estimate a request's cost.</summary>
    public static DocumentNode PublicDocument { get; } = Parse(PublicText);

    /// <summary>True for a directive of <see cref="Document"/>.</summary>
    public static bool IsOne(string name) =>
        name is Inaccessible or Tag or Cost or ListSize or Authenticated or RequiresScopes or Policy;

    /// <summary>
    /// True for a directive that clients do not see although it is on the composed schema: all but GraphQL's own and those that say what a
    /// request costs. A team's own directive is for those who run the graph, and no source gets it with a query.
    /// </summary>
    public static bool IsPrivate(string name) => name is not ("deprecated" or "specifiedBy" or "oneOf" or "skip" or "include" or Cost or ListSize);

    /// <summary>True when the member carries <c>@inaccessible</c>.</summary>
    public static bool IsInaccessible(ImmutableArray<DirectiveNode> directives)
    {
        foreach (var directive in directives)
        {
            if (directive.Name.Value == Inaccessible)
            {
                return true;
            }
        }

        return false;
    }

    private static DocumentNode Parse(string text) =>
        Parser.ParseDocument(new SourceText(text, "well-known directives"), ParserOptions.Schema).Value
        ?? throw new InvalidOperationException("The definitions of the well-known directives do not parse.");
}
