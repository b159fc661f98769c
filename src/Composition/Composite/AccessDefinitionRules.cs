using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Composition;

/// <summary>
/// TYPE_DEFINITION_INVALID for the directives that say who may see what. The specification has none, and so a source defines them; it must do so as Apollo
/// does: what it asked for by other arguments, or by the first of two such directives, nobody would ask of a client.
/// </summary>
internal static class AccessDefinitionRules
{
    private const int ListsOfLists = 2;

    private static readonly ImmutableDictionary<string, string> Arguments = ImmutableDictionary.CreateRange(StringComparer.Ordinal,
    [
        KeyValuePair.Create(WellKnownDirectives.Authenticated, ""),
        KeyValuePair.Create(WellKnownDirectives.RequiresScopes, "scopes"),
        KeyValuePair.Create(WellKnownDirectives.Policy, "policies"),
    ]);

    internal static void Check(SourceInput input, DocumentNode document, DirectiveDefinitionNode directive, ProblemSink problems)
    {
        if (Arguments.TryGetValue(directive.Name.Value, out var argument) && ProblemOf(directive, argument) is var (problem, offset))
        {
            var right = argument.Length == 0 ? "" : $"({argument}: [[String!]!]!)";
            problems.Error(
                ProblemCode.TypeDefinitionInvalid,
                $"@{directive.Name} is defined {problem}.",
                $"Write \"directive @{directive.Name}{right} on FIELD_DEFINITION | OBJECT | INTERFACE | SCALAR | ENUM\", or give your directive another name.",
                new Place(input.Name, document.Source, offset));
        }
    }

    private static (string Problem, int Offset)? ProblemOf(DirectiveDefinitionNode directive, string name)
    {
        if (directive.Arguments.FirstOrDefault(argument => argument.Name.Value != name) is { } further)
        {
            return ($"with the argument \"{further.Name}\", which the gateway does not know: nobody would be held to it", further.Start);
        }

        var own = directive.Arguments.FirstOrDefault();
        return name.Length > 0 && own is null ? ($"without its argument \"{name}: [[String!]!]!\"", directive.Start)
            : own is not null && ListsIn(own.Type) != ListsOfLists ? ($"with the argument \"{name}: {own.Type}\", which must be [[String!]!]!", own.Start)
            : directive.IsRepeatable ? ("as repeatable: only one of several on a member would count", directive.Start)
            : null;
    }

    private static int ListsIn(TypeNode type) => type switch
    {
        NonNullTypeNode inner => ListsIn(inner.Type),
        ListTypeNode list => 1 + ListsIn(list.Type),
        _ => 0,
    };
}
