using System.Text;

namespace GraphGateway.Differential;

/// <summary>Writes a source's schema in its dialect.</summary>
internal static class SourceSdl
{
    private const string Link =
        """
        extend schema @link(url: "https://specs.apollo.dev/federation/v2.8", import: ["@key", "@requires", "@provides", "@external", "@shareable", "@override", "@inaccessible", "@interfaceObject", "@context", "@fromContext"])

        """;

    public static string Print(WorldSource source)
    {
        var text = new StringBuilder(source.IsApollo ? Link : "");
        foreach (var type in source.Types.Values.Where(type => type.Kind == WorldKind.Union || type.Fields.Count > 0))
        {
            Append(text, source, type);
        }

        foreach (var input in source.Inputs.Values)
        {
            text.Append(input).Append('\n');
        }

        var sdl = text.ToString();
        foreach (var (name, definition) in Shared)
        {
            sdl += sdl.Contains($" {name}", StringComparison.Ordinal) || sdl.Contains($"[{name}", StringComparison.Ordinal) ? definition + "\n" : "";
        }

        return sdl;
    }

    private static readonly (string Name, string Definition)[] Shared =
    [
        ("In0", "input In0 { x: Int = 2 y: [String!] e: E0 }"),
        ("E0", "enum E0 { A B C }"),
        ("Blob", "scalar Blob"),
    ];

    private static void Append(StringBuilder text, WorldSource source, SourceType type)
    {
        if (type.Kind == WorldKind.Union)
        {
            text.Append($"union {type.Name} = {string.Join(" | ", type.Members)}\n");
            return;
        }

        text.Append(type.Kind == WorldKind.Interface && !type.IsInterfaceObject ? "interface " : "type ").Append(type.Name);
        text.Append(type.Implements.Count > 0 ? " implements " + string.Join(" & ", type.Implements) : "");
        foreach (var (key, isResolvable) in type.ResolvableByKey)
        {
            text.Append($" @key(fields: \"{key}\"{(isResolvable || !source.IsApollo ? "" : ", resolvable: false")})");
        }

        text.Append(string.Concat(type.Contexts.Select(context => $" @context(name: \"{context}\")")));
        text.Append(type.IsInterfaceObject ? " @interfaceObject" : "").Append(type.IsInternal ? " @internal" : "").Append(" {\n");
        foreach (var field in type.Fields.Values)
        {
            Append(text, source, type, field);
        }

        text.Append("}\n");
    }

    private static void Append(StringBuilder text, WorldSource source, SourceType type, SourceField entry)
    {
        var field = entry.Field;
        var arguments = field.Arguments.Select(argument => $"{argument.Name}: {argument.Type}"
            + (argument.Default is null ? "" : $" = {argument.Default}")
            + (argument.Map is null || source.IsApollo ? "" : $" @is(field: \"{argument.Map}\")")).ToList();
        if (!source.IsApollo && type.Kind != WorldKind.Interface && !entry.IsExternal)
        {
            arguments.AddRange(field.Requirement.Select(value => $"{value.Argument}: {value.ArgumentType} @require(field: \"{value.Map}\")"));
        }

        arguments.AddRange(field.Contexts.Select(use => $"{use.Argument}: {use.ArgumentType} @fromContext(field: \"${use.Context} {use.Selection}\")"));
        text.Append("  ").Append(field.Name).Append(arguments.Count > 0 ? $"({string.Join(", ", arguments)})" : "").Append(": ").Append(entry.Type);
        if (type.Kind != WorldKind.Interface || type.IsInterfaceObject)
        {
            AppendDirectives(text, source, entry);
        }

        text.Append('\n');
    }

    private static void AppendDirectives(StringBuilder text, WorldSource source, SourceField entry)
    {
        text.Append(entry.IsExternal ? " @external" : "");
        text.Append(entry.IsShareable ? " @shareable" : "");
        text.Append(entry.IsInaccessible ? " @inaccessible" : "");
        text.Append(entry.IsInternal ? " @internal" : "");
        text.Append(entry.Field is { Role: FieldRole.Lookup, IsUnmarked: false } && !source.IsApollo ? " @lookup" : "");
        text.Append(entry.Provides is { } provides ? $" @provides(fields: \"{provides}\")" : "");
        text.Append(entry.OverrideFrom is { } from ? $" @override(from: \"{from}\"{(entry.OverrideLabel is { } label ? $", label: \"{label}\"" : "")})" : "");
        if (source.IsApollo && entry.Field.Requirement.Count > 0 && !entry.IsExternal)
        {
            text.Append($" @requires(fields: \"{string.Join(' ', entry.Field.Requirement.SelectMany(value => value.Paths).Select(path => Selection(path.Steps, 0)))}\")");
        }
    }

    private static string Selection(List<PathStep> steps, int index)
    {
        var step = steps[index];
        return step.Field + step.ArgumentText + (index + 1 < steps.Count ? $" {{ {Selection(steps, index + 1)} }}" : "");
    }
}
