using GraphGateway.Language;

namespace GraphGateway.Composition;

/// <summary>A byte offset in a text of a source.</summary>
internal readonly record struct Place(string SourceName, SourceText Text, int Offset)
{
    internal ProblemPlace ToProblemPlace()
    {
        var location = Text.LocationOf(Offset);
        return new ProblemPlace(SourceName, Text.Name, location.Line, location.Column);
    }
}
