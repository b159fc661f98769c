using System.Text;
using GraphGateway.Language;

namespace GraphGateway.Planning.Tests;

/// <summary>The fields of a type in the supergraph's canonical form.</summary>
internal sealed class FieldAnnotations(Func<string, bool> isAbstract)
{
    public IEnumerable<string> Of(
        string typeName, List<(TestSource Source, TypeDefinitionNode Node)> parts, IEnumerable<FieldDefinitionNode> inherited)
    {
        var fields = parts.SelectMany(part => Fields(part.Node).Select(field => (part.Source, part.Node, Field: field)))
            .Where(part => !Has(part.Field, "internal"))
            .GroupBy(part => part.Field.Name.Value).ToList();
        foreach (var group in fields)
        {
            yield return Of([.. group]);
        }

        foreach (var field in inherited.Where(field => fields.All(group => group.Key != field.Name.Value)))
        {
            yield return $"{field.Name.Value}{Arguments(field.Arguments)}: {field.Type}";
        }
    }

    public static IEnumerable<FieldDefinitionNode> Fields(TypeDefinitionNode node) => node switch
    {
        ObjectTypeDefinitionNode type => type.Fields,
        InterfaceTypeDefinitionNode type => type.Fields,
        _ => [],
    };

    public static string NamedOf(TypeNode type) => type.ToString()!.Trim('[', ']', '!');

    public static string? MapOf(InputValueDefinitionNode argument, string directive) =>
        argument.Directives.FirstOrDefault(d => d.Name.Value == directive)?.Argument("field") is StringValueNode map ? map.Value : null;

    /// <summary>The fields that a map reads, as a selection: <c>a.b</c>, <c>{ x: a.b y }</c>, <c>a.{ b c }</c>, <c>a[b]</c>.</summary>
    public static string SelectionOf(string map)
    {
        var parsed = FieldSelectionMapParser.Parse(new SourceText(map));
        return SelectionOf(parsed.Value ?? throw new InvalidOperationException(parsed.Error!.Message));
    }

    private static string SelectionOf(SelectedValueNode map) => string.Join(' ', map.Entries.Select(SelectionOf));

    private static string SelectionOf(SelectedValueEntryNode entry)
    {
        var below = entry.Object is { } value
            ? string.Join(' ', value.Fields.Select(field => field.Value is null ? field.Name.Value : SelectionOf(field.Value)))
            : entry.List is { } list ? SelectionOf(list.Value!) : "";
        if (entry.Path is null)
        {
            return below;
        }

        var text = below.Length > 0 ? $"{{ {below} }}" : "";
        foreach (var segment in entry.Path.Segments.Reverse())
        {
            text = segment.TypeName is { } condition && text.Length > 0 ? $"{{ ... on {condition} {text} }}" : text;
            var arguments = segment.Arguments.IsEmpty ? "" : $"({string.Join(", ", segment.Arguments.Select(Printer.Print))})";
            text = $"{segment.FieldName.Value}{arguments} {text}".Trim();
            text = segment == entry.Path.Segments[0] ? text : $"{{ {text} }}";
        }

        return entry.Path.TypeName is { } first ? $"... on {first} {{ {text} }}" : text;
    }

    public static string Quote(string value) => Printer.Print(new StringValueNode(0, 0, value, isBlock: false));

    private string Of(List<(TestSource Source, TypeDefinitionNode Node, FieldDefinitionNode Field)> parts)
    {
        var arguments = parts[0].Field.Arguments.Where(argument => MapOf(argument, "require") is null && MapOf(argument, "fromContext") is null
            && parts.All(part => part.Field.Arguments.Any(other => other.Name.Value == argument.Name.Value))).ToList();
        var type = parts.Skip(1).Aggregate(parts[0].Field.Type.ToString()!, (merged, part) => Merge(merged, part.Field.Type.ToString()!));
        var text = new StringBuilder($"{parts[0].Field.Name.Value}{Arguments(arguments)}: {type}");
        text.Append(parts.Any(part => Has(part.Field, "inaccessible")) ? " @inaccessible" : "");
        foreach (var (source, node, field) in parts)
        {
            text.Append($" @gateway__field(in: {source.Enum}, type: \"{field.Type}\"");
            text.Append(Has(field, "external") && !IsKeyField(node, field.Name.Value) ? ", external: true" : "");
            text.Append(Text(field, "provides") is { } provides ? $", provides: {Quote(provides)}" : "");
            text.Append(Text(field, "requires") is { } requires ? $", requires: {Quote(requires)}" : "");
            var required = field.Arguments.Where(argument => MapOf(argument, "require") is not null).ToList();
            if (required.Count > 0)
            {
                text.Append($", requires: {Quote(string.Join(' ', required.Select(a => SelectionOf(MapOf(a, "require")!))))}, requiredArguments: [");
                text.AppendJoin(", ", required.Select(a => $"{{name: \"{a.Name.Value}\", type: \"{a.Type}\", map: {Quote(MapOf(a, "require")!)}}}")).Append(']');
            }

            var fromContexts = field.Arguments.Where(argument => MapOf(argument, "fromContext") is not null).ToList();
            text.Append(fromContexts.Count == 0 ? "" : $", contextArguments: [{string.Join(", ", fromContexts.Select(FromContext))}]");
            text.Append(OverrideOf(source, parts)).Append(')');
        }

        return text.ToString();
    }

    // "$name { selection }" or "$name ... on Type { selection }".
    private static string FromContext(InputValueDefinitionNode argument)
    {
        var text = MapOf(argument, "fromContext")!.TrimStart('$').Split([' '], 2);
        var selection = text[1].StartsWith('{') ? text[1][1..^1].Trim() : text[1];
        return $"{{name: \"{argument.Name.Value}\", type: \"{argument.Type}\", context: \"{text[0]}\", selection: {Quote(selection)}}}";
    }

    // The source with a label serves the field while it is on, the one that it overrides while it is off.
    private static string OverrideOf(TestSource source, List<(TestSource Source, TypeDefinitionNode Node, FieldDefinitionNode Field)> parts)
    {
        foreach (var (other, _, field) in parts)
        {
            if (field.Directives.FirstOrDefault(directive => directive.Name.Value == "override") is { } taken
                && (other == source || taken.Argument("from") is StringValueNode { Value: var from } && from == source.Name))
            {
                return $", label: {Printer.Print(taken.Argument("label")!)}, servesWhen: {(other == source ? "true" : "false")}";
            }
        }

        return "";
    }

    private static string Arguments(IEnumerable<InputValueDefinitionNode> arguments)
    {
        var text = string.Join(", ", arguments.Select(argument =>
            $"{argument.Name.Value}: {argument.Type}{(argument.DefaultValue is null ? "" : " = " + Printer.Print(argument.DefaultValue))}"));
        return text.Length == 0 ? "" : $"({text})";
    }

    // The least restrictive of two types.
    private string Merge(string a, string b)
    {
        if (a.EndsWith('!') && b.EndsWith('!'))
        {
            return Merge(a[..^1], b[..^1]) + "!";
        }

        (a, b) = (a.TrimEnd('!'), b.TrimEnd('!'));
        return a.StartsWith('[') ? $"[{Merge(a[1..^1], b[1..^1])}]" : isAbstract(b) ? b : a;
    }

    private static bool IsKeyField(TypeDefinitionNode node, string name) => node.Directives.Any(directive =>
        directive.Name.Value == "key" && ((StringValueNode)directive.Argument("fields")!).Value.Split(' ').Contains(name));

    private static bool Has(FieldDefinitionNode field, string directive) => field.Directives.Any(d => d.Name.Value == directive);

    private static string? Text(FieldDefinitionNode field, string directive) =>
        field.Directives.FirstOrDefault(d => d.Name.Value == directive)?.Argument("fields") is StringValueNode text ? text.Value : null;
}
