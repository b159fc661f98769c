using System.Text;

namespace GraphGateway.Differential;

/// <summary>Writes a source's schema in its dialect.</summary>
internal static class SourceSdl
{
    private const string Link =
        """
        extend schema @link(url: "https://specs.apollo.dev/federation/v2.8", import: ["@key", "@requires", "@provides", "@external", "@shareable", "@override", "@inaccessible", "@interfaceObject", "@context", "@fromContext"])

        """;

    /// <summary>The schema that is composed.</summary>
    public static string Print(WorldSource source) => Print(source, source.IsFederation1);

    /// <summary>The schema by which the source is served: in Federation 2, where it is of Apollo's dialect.</summary>
    public static string PrintForServer(WorldSource source) => Print(source, isFederation1: false);

    private static string Print(WorldSource source, bool isFederation1)
    {
        var text = new StringBuilder(source.IsApollo && !isFederation1 ? Link : "");
        foreach (var type in source.Types.Values.Where(type => type.Kind == WorldKind.Union || type.Fields.Count > 0))
        {
            Append(text, source, type, isFederation1);
        }

        foreach (var input in source.Inputs.Values)
        {
            text.Append(input).Append('\n');
        }

        var sdl = text.ToString();
        foreach (var (name, definition) in source.Definitions)
        {
            sdl += sdl.Contains($" {name}", StringComparison.Ordinal) || sdl.Contains($"[{name}", StringComparison.Ordinal) ? definition + "\n" : "";
        }

        return isFederation1 ? sdl.Replace(" @inaccessible", "", StringComparison.Ordinal) : sdl;
    }

    private static void Append(StringBuilder text, WorldSource source, SourceType type, bool isFederation1)
    {
        if (type.Kind == WorldKind.Union)
        {
            text.Append($"union {type.Name}{Contexts(type)} = {string.Join(" | ", type.Members)}\n");
            return;
        }

        text.Append(isFederation1 && type.IsExtension ? "extend " : "");
        text.Append(type.Kind == WorldKind.Interface && !type.IsInterfaceObject ? "interface " : "type ").Append(type.Name);
        text.Append(type.Implements.Count > 0 ? " implements " + string.Join(" & ", type.Implements) : "");
        foreach (var (key, isResolvable) in type.ResolvableByKey)
        {
            text.Append($" @key(fields: \"{key}\"{(isResolvable || !source.IsApollo || isFederation1 ? "" : ", resolvable: false")})");
        }

        text.Append(Contexts(type)).Append(type.IsInaccessible ? " @inaccessible" : "");
        text.Append(type.IsInterfaceObject ? " @interfaceObject" : "").Append(type.IsInternal ? " @internal" : "").Append(" {\n");
        foreach (var field in type.Fields.Values)
        {
            Append(text, source, type, field, isFederation1);
        }

        text.Append("}\n");
    }

    private static string Contexts(SourceType type) => string.Concat(type.Contexts.Select(context => $" @context(name: \"{context}\")"));

    private static void Append(StringBuilder text, WorldSource source, SourceType type, SourceField entry, bool isFederation1)
    {
        var field = entry.Field;
        var arguments = field.Arguments.Select(argument => $"{argument.Name}: {argument.Type}"
            + (argument.Default is null ? "" : $" = {argument.Default}")
            + (argument.IsInaccessible ? " @inaccessible" : "")
            + (argument.Map is null || source.IsApollo ? "" : $" @is(field: \"{argument.Map}\")")).ToList();
        if (!source.IsApollo && type.Kind != WorldKind.Interface && !entry.IsExternal)
        {
            arguments.AddRange(field.Requirement.Select(value => $"{value.Argument}: {value.ArgumentType} @require(field: \"{value.Map}\")"));
        }

        arguments.AddRange(entry.OwnArgument is { } own ? [own] : []);
        arguments.AddRange(field.Contexts.Select(use => $"{use.Argument}: {use.ArgumentType} @fromContext(field: \"${use.Context} {use.Selection}\")"));
        text.Append("  ").Append(field.Name).Append(arguments.Count > 0 ? $"({string.Join(", ", arguments)})" : "").Append(": ").Append(entry.Type);
        if (type.Kind != WorldKind.Interface || type.IsInterfaceObject)
        {
            AppendDirectives(text, source, type, entry, isFederation1);
        }

        text.Append('\n');
    }

    private static void AppendDirectives(StringBuilder text, WorldSource source, SourceType type, SourceField entry, bool isFederation1)
    {
        var isExtended = isFederation1 && type.IsExtension && type.ResolvableByKey.Keys.SelectMany(KeyText.Fields).Contains(entry.Field.Name);
        text.Append(entry.IsExternal || isExtended ? " @external" : "");
        text.Append(entry.IsShareable && !isFederation1 ? " @shareable" : "");
        text.Append(entry.IsInaccessible ? " @inaccessible" : "");
        text.Append(entry.IsInternal ? " @internal" : "");
        text.Append(entry.Field is { Role: FieldRole.Lookup, IsUnmarked: false } && !source.IsApollo ? " @lookup" : "");
        text.Append(entry.Provides is { } provides ? $" @provides(fields: \"{provides}\")" : "");
        text.Append(entry.OverrideFrom is { } from ? $" @override(from: \"{from}\"{(entry.OverrideLabel is { } label ? $", label: \"{label}\"" : "")})" : "");
        if (source.IsApollo && entry.Field.Requirement.Count > 0 && !entry.IsExternal)
        {
            text.Append($" @requires(fields: \"{string.Join(' ', entry.Field.Requirement.SelectMany(value => value.Selections).Select(steps => Selection(steps, 0)))}\")");
        }
    }

    private static string Selection(List<PathStep> steps, int index)
    {
        var step = steps[index];
        var below = index + 1 < steps.Count ? Selection(steps, index + 1) : "";
        return step.Field + step.ArgumentText + (below.Length == 0 ? "" : step.OnType is { } type ? $" {{ ... on {type} {{ {below} }} }}" : $" {{ {below} }}");
    }
}
