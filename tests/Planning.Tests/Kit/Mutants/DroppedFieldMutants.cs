using GraphGateway.Language;

namespace GraphGateway.Planning.Tests;

/// <summary>Steps that neither ask for one of the fields inside objects nor read it: they are whole in themselves, and something is missing in the answer.</summary>
internal static class DroppedFieldMutants
{
    public static IEnumerable<(string What, FetchStep Step)> Of(FetchStep step) =>
        PathsOf(step.Selection).Where(path => path.Length > 1).Select(path => ($"{string.Join('.', path)} neither asked nor read", step with
        {
            Selection = Without(step.Selection, path),
            Document = DocumentMutants.Without(step, path),
        }));

    /// <summary>The same of a field of the targets themselves, where there are others: of a step for some objects, which another one asks for of the rest.</summary>
    public static IEnumerable<(string What, FetchStep Step)> OfTop(FetchStep step) =>
        PathsOf(step.Selection).Where(path => path.Length == 1 && step.Selection.Fields.Length > 1).Select(path => ($"{path[0]} neither asked nor read", step with
        {
            Selection = Without(step.Selection, path),
            Document = DocumentMutants.Without(step, path),
        }));

    // What two slots are filled from is asked for the other one.
    private static IEnumerable<string[]> PathsOf(FetchSelectionSet selection) => selection.Fields.SelectMany(field =>
        (selection.Fields.Count(other => other.SourceKey == field.SourceKey) > 1 ? [] : (IEnumerable<string[]>)[[field.SourceKey]])
            .Concat(field.Selection is null ? [] : PathsOf(field.Selection).Select(path => (string[])[field.SourceKey, .. path])));

    private static FetchSelectionSet Without(FetchSelectionSet selection, string[] path) => selection with
    {
        Fields =
        [
            .. selection.Fields.Where(field => path.Length > 1 || field.SourceKey != path[0])
                .Select(field => path.Length > 1 && field.SourceKey == path[0] && field.Selection is { } below ? field with { Selection = Without(below, path[1..]) } : field),
        ],
    };
}
