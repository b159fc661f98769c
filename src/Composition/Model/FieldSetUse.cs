using GraphGateway.Language;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Composition;

/// <summary>A directive whose argument is a selection of fields (<c>@key</c>, <c>@provides</c>, <c>@requires</c>), as far as it can be read.</summary>
internal sealed class FieldSetUse
{
    /// <param name="directive">The directive.</param>
    /// <param name="place">Where it stands.</param>
    /// <param name="onlyText">Only a string is right (Composite Schemas, Federation 2).</param>
    internal FieldSetUse(DirectiveNode directive, Place place, bool onlyText = false)
    {
        Directive = directive;
        Place = place;
        var value = directive.Argument("fields");
        Text = value is StringValueNode text ? text.Value : onlyText ? null : AsOneText(value);
        if (Text is not null)
        {
            var parsed = Parser.ParseSelectionSet(new SourceText(Text));
            Fields = parsed.Value;
            SyntaxError = parsed.Error?.Message;
        }
    }

    private FieldSetUse(FieldSetUse original, SelectionSetNode fields)
    {
        Directive = original.Directive;
        Place = original.Place;
        Text = Syntax.Fields(fields);
        Fields = fields;
    }

    internal DirectiveNode Directive { get; }

    internal Place Place { get; }

    /// <summary>The text; null when the argument is no string.</summary>
    internal string? Text { get; }

    /// <summary>The selection; null when the text is none.</summary>
    internal SelectionSetNode? Fields { get; }

    /// <summary>Why the text is no selection.</summary>
    internal string? SyntaxError { get; }

    /// <summary>The same use with fewer fields.</summary>
    internal FieldSetUse With(SelectionSetNode fields) => new(this, fields);

    // Federation 1 libraries write several fields as a list of strings, and forget quotes.
    private static string? AsOneText(ValueNode? value) => value switch
    {
        ListValueNode list when list.Values.All(item => item is StringValueNode) =>
            string.Join(' ', list.Values.Select(item => ((StringValueNode)item).Value)),
        EnumValueNode name => name.Value,
        _ => null,
    };
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
