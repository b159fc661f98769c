using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Composition;

/// <summary>
/// ACCESS_DIRECTIVE_NOT_LINKED: a source of Apollo's dialect that uses a <c>@authenticated</c>, <c>@requiresScopes</c> or <c>@policy</c> that it defines itself.
/// In that dialect it is the team's own directive, which holds nobody back; whoever wrote it mostly means the other.
/// </summary>
internal static class UnlinkedAccess
{
    internal static void Warn(SourceInput input, ImmutableArray<DocumentNode> documents, SourceLinks links, ProblemSink problems)
    {
        foreach (var name in new[] { WellKnownDirectives.Authenticated, WellKnownDirectives.RequiresScopes, WellKnownDirectives.Policy })
        {
            if (links.Known(name) is not null || !documents.Any(document => document.Definitions.Any(definition => definition is DirectiveDefinitionNode own && own.Name.Value == name)))
            {
                continue;
            }

            foreach (var document in documents)
            {
                if (DirectivesIn.Definitions(document.Definitions).FirstOrDefault(directive => directive.Name.Value == name) is { } used)
                {
                    problems.Warning(
                        ProblemCode.AccessDirectiveNotLinked,
                        $"@{name} is a directive of {input.Name}'s own, since no @link says that it is Federation's: it holds nobody back.",
                        $"Link it: extend schema @link(url: \"https://specs.apollo.dev/federation/v2.{Math.Max(links.FederationMinor ?? 0, 9)}\", import: [\"@{name}\"]). Or give yours another name.",
                        new Place(input.Name, document.Source, used.Start));
                    break;
                }
            }
        }
    }
}
