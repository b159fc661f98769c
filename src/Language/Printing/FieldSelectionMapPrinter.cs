namespace GraphGateway.Language;

/// <summary>FieldSelectionMaps, on one line as they stand in directives: <c>{ id name: owner.name } | &lt;Book&gt;.isbn</c>.</summary>
internal static class FieldSelectionMapPrinter
{
    public static string Print(SyntaxNode node) => node switch
    {
        SelectedValueNode value => Layout.Join(value.Entries, " | ", Print),
        SelectedValueEntryNode entry => Entry(entry),
        SelectedPathNode path => (path.TypeName is { } type ? $"<{type}>." : "") + Layout.Join(path.Segments, ".", Print),
        PathSegmentNode segment =>
            segment.FieldName + ValuePrinter.Arguments(segment.Arguments) + (segment.TypeName is { } type ? $"<{type}>" : ""),
        SelectedObjectNode selected => $"{{ {Layout.Join(selected.Fields, " ", Print)} }}",
        SelectedObjectFieldNode field => field.Value is null
            ? field.Name + ValuePrinter.Arguments(field.Arguments)
            : $"{field.Name}: {Print(field.Value)}",
        SelectedListNode list => $"[{Print((SyntaxNode?)list.List ?? list.Value!)}]",
        _ => throw new ArgumentException($"{node.GetType().Name} is not a part of a FieldSelectionMap.", nameof(node)),
    };

    private static string Entry(SelectedValueEntryNode entry)
    {
        var path = entry.Path is null ? "" : Print(entry.Path);
        if (entry.Object is not null)
        {
            return Layout.Join(".", path, Print(entry.Object));
        }

        return path + (entry.List is null ? "" : Print(entry.List));
    }
}
