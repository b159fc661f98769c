using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Planning;

/// <summary>
/// What a source needs before it can give a field: fields of the same object from other sources (a requirement), and values from objects
/// further up (arguments from contexts). One instance for each field of a source.
/// </summary>
internal sealed class FieldNeeds
{
    private string? text;
    private string? oneLine;

    private FieldNeeds(FieldInSource field)
    {
        Source = field.Source;
        Selection = field.Requirement?.Selection ?? new SelectionSetNode(0, 0, []);
        Arguments = field.Requirement?.Arguments ?? [];
        Contexts = field.ContextArguments;
    }

    /// <summary>The source that has the field.</summary>
    public SourceSchema Source { get; }

    /// <inheritdoc cref="FieldRequirement.Selection"/>
    public SelectionSetNode Selection { get; }

    /// <inheritdoc cref="FieldRequirement.Arguments"/>
    public ImmutableArray<MappedArgument> Arguments { get; }

    /// <inheritdoc cref="FieldInSource.ContextArguments"/>
    public ImmutableArray<ContextArgument> Contexts { get; }

    /// <summary>All that is needed: the same text for fields that need the same.</summary>
    public string Text => text ??= Printer.Print(Selection) + string.Join(' ', Contexts.Select(Identity));

    /// <summary>The selection on one line, without braces.</summary>
    public string OneLine => oneLine ??= InOneLine(Selection);

    /// <summary>A selection on one line, without its braces.</summary>
    public static string InOneLine(SelectionSetNode selection) =>
        string.Join(' ', Printer.Print(selection).Split(['\n', ' '], StringSplitOptions.RemoveEmptyEntries)[1..^1]);

    /// <summary>True when a null in what is carried skips the whole target.</summary>
    public bool MustNotBeNull => Arguments.Any(argument => argument.Type is NonNullTypeNode) || Contexts.Any(argument => argument.Type is NonNullTypeNode);

    /// <summary>What the field needs; null when nothing.</summary>
    public static FieldNeeds? Of(FieldInSource field) => field.Requirement is null && field.ContextArguments.IsEmpty ? null : new FieldNeeds(field);

    /// <summary>The same text for arguments from contexts that get the same value.</summary>
    public static string Identity(ContextArgument argument) => $"{argument.Type} ${argument.Context} {Printer.Print(argument.Selection)}";
}
