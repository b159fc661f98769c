using GraphGateway.Language;

namespace GraphGateway.Composition;

/// <summary>A directive whose argument is a selection of fields (<c>@key</c>, <c>@provides</c>, <c>@requires</c>), as far as it can be read.</summary>
internal sealed class FieldSetUse
{
    internal FieldSetUse(DirectiveNode directive, Place place)
    {
        Directive = directive;
        Place = place;
        Text = (directive.Argument("fields") as StringValueNode)?.Value ?? AsOneText(directive.Argument("fields"));
        if (Text is not null)
        {
            var parsed = Parser.ParseSelectionSet(new SourceText(Text));
            Fields = parsed.Value;
            SyntaxError = parsed.Error?.Message;
        }
    }

    internal DirectiveNode Directive { get; }

    internal Place Place { get; }

    /// <summary>The text; null when the argument is no string.</summary>
    internal string? Text { get; }

    /// <summary>The selection; null when the text is none.</summary>
    internal SelectionSetNode? Fields { get; }

    /// <summary>Why the text is no selection.</summary>
    internal string? SyntaxError { get; }

    // Federation 1 libraries write several fields as a list of strings.
    private static string? AsOneText(ValueNode? value) =>
        value is ListValueNode list && list.Values.All(item => item is StringValueNode)
            ? string.Join(' ', list.Values.Select(item => ((StringValueNode)item).Value))
            : null;
}

/// <summary>A directive whose argument is a FieldSelectionMap (<c>@is</c>, <c>@require</c>), as far as it can be read.</summary>
internal sealed class MapUse
{
    internal MapUse(DirectiveNode directive, Place place)
    {
        Directive = directive;
        Place = place;
        Text = (directive.Argument("field") as StringValueNode)?.Value;
        if (Text is not null)
        {
            var parsed = FieldSelectionMapParser.Parse(new SourceText(Text));
            Map = parsed.Value;
            SyntaxError = parsed.Error?.Message;
        }
    }

    internal DirectiveNode Directive { get; }

    internal Place Place { get; }

    /// <summary>The text; null when the argument is no string.</summary>
    internal string? Text { get; }

    /// <summary>The map; null when the text is none.</summary>
    internal SelectedValueNode? Map { get; }

    /// <summary>Why the text is no map.</summary>
    internal string? SyntaxError { get; }
}
