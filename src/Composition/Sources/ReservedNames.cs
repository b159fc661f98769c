using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Composition;

/// <summary>
/// RESERVED_NAME: what the canonical form of a supergraph calls its own types and directives, no source may define, in neither dialect.
/// The supergraph could be composed, but its file would have two definitions of one name.
/// </summary>
internal static class ReservedNames
{
    internal static void Check(SourceInput input, ImmutableArray<DocumentNode> documents, ProblemSink problems)
    {
        foreach (var document in documents)
        {
            foreach (var definition in document.Definitions)
            {
                switch (definition)
                {
                    case TypeDefinitionNode type:
                        Check(document, type.Name, "The type ");
                        break;
                    case DirectiveDefinitionNode directive:
                        Check(document, directive.Name, "The directive @");
                        break;
                }
            }
        }

        void Check(DocumentNode document, NameNode name, string what)
        {
            if (name.Value.StartsWith(SupergraphWriter.ReservedPrefix, StringComparison.Ordinal))
            {
                problems.Error(
                    ProblemCode.ReservedName,
                    $"{what}{name} has a name that begins with \"{SupergraphWriter.ReservedPrefix}\": so begin the names that composed supergraphs use themselves.",
                    "Give it another name.",
                    new Place(input.Name, document.Source, name.Start));
            }
        }
    }
}
