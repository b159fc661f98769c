using GraphGateway.Language;

namespace GraphGateway.Planning;

/// <summary>Printed selections. Where the printer breaks their lines depends on how long names are.</summary>
internal static class SelectionText
{
    /// <summary>True when both say the same, in whatever lines. A text that does not parse is like no other one.</summary>
    public static bool IsSame(string first, string second) => first == second || (InOwnLines(first) is { } text && text == InOwnLines(second));

    private static string? InOwnLines(string selection) =>
        Parser.ParseDocument(new SourceText($"{{{selection}}}")).Value is { Definitions: [OperationDefinitionNode operation] } ? Printer.Print(operation) : null;
}
