using System.Collections.Immutable;
using GraphGateway.Language;

namespace GraphGateway.Composition;

/// <summary>Reads a source of the Apollo Federation dialect.</summary>
internal static class ApolloSourceReader
{
    internal static SourceModel? Read(SourceInput input, int ordinal, ImmutableArray<DocumentNode> documents, ProblemSink problems)
    {
        _ = (ordinal, documents);
        problems.Error(ProblemCode.UnsupportedFeature, $"{input.Name} is written for Apollo Federation, which this version does not compose.", "Use the Composite Schemas dialect.", new Place(input.Name, input.Documents[0], 0));
        return null;
    }
}
