using System.Text;

namespace GraphGateway.Differential;

/// <summary>Writes a source's schema in its dialect.</summary>
internal sealed class SourceSdl
{
    private readonly WorldSource source;
    private readonly bool isFederation1;
    private readonly IReadOnlyDictionary<string, string> marks;
    private readonly StringBuilder text = new();

    private SourceSdl(WorldSource source, bool isFederation1, IReadOnlyDictionary<string, string> marks)
    {
        this.source = source;
        this.isFederation1 = isFederation1;
        this.marks = marks;
    }

    /// <summary>The schema that is composed.</summary>
    public static string Print(WorldSource source) => new SourceSdl(source, source.IsFederation1, source.Marks).Print();

    /// <summary>
    /// The schema by which the source is served: in Federation 2, where it is of Apollo's dialect, and without marks. What an event holds is asked for
    /// like a query.
    /// </summary>
    public static string PrintForServer(WorldSource source) => AsQueries(new SourceSdl(source, isFederation1: false, new Dictionary<string, string>()).Print());

    /// <summary>A schema with the fields of events among those of queries.</summary>
    public static string AsQueries(string sdl) =>
        sdl.Replace($"type {World.Events} {{", sdl.Contains("type Query {", StringComparison.Ordinal) ? "extend type Query {" : "type Query {", StringComparison.Ordinal);

    private string Print()
    {
        text.Append(source.IsApollo && !isFederation1 ? Link() : "");
        foreach (var type in source.Types.Values.Where(type => type.Kind == WorldKind.Union || type.Fields.Count > 0))
        {
            Append(type);
        }

        foreach (var input in source.Inputs.Values)
        {
            text.Append(input).Append('\n');
        }

        var sdl = text.ToString();
        foreach (var (name, definition) in source.Definitions)
        {
            sdl += sdl.Contains($" {name}", StringComparison.Ordinal) || sdl.Contains($"[{name}", StringComparison.Ordinal) ? Marked(name, definition) + "\n" : "";
        }

        sdl += source.IsApollo || marks.Count == 0 ? "" : source.MarkDefinitions;

        return isFederation1 ? sdl.Replace(" @inaccessible", "", StringComparison.Ordinal) : sdl;
    }

    private string Link()
    {
        string[] known = ["@key", "@requires", "@provides", "@external", "@shareable", "@override", "@inaccessible", "@interfaceObject", "@context", "@fromContext"];
        var used = marks.Values.SelectMany(mark => mark.Split(' ')).Where(word => word.StartsWith('@')).Select(word => word.Split('(')[0]).Distinct();
        return $"extend schema @link(url: \"https://specs.apollo.dev/federation/{(marks.Count == 0 ? "v2.8" : "v2.9")}\", import: [{string.Join(", ", known.Concat(used).Select(name => $"\"{name}\""))}])\n";
    }

    private string Mark(string coordinate) => marks.TryGetValue(coordinate, out var mark) ? " " + mark : "";

    // Of an enum, a scalar, or the fields of an input.
    private string Marked(string name, string definition)
    {
        foreach (var (coordinate, mark) in marks.Where(mark => mark.Key.StartsWith(name + ".", StringComparison.Ordinal)))
        {
            var start = definition.IndexOf($" {coordinate[(name.Length + 1)..]}: ", StringComparison.Ordinal);
            var end = start < 0 ? -1 : definition.IndexOf(' ', definition.IndexOf(": ", start, StringComparison.Ordinal) + 2);
            end = end > 0 && definition[end..].StartsWith(" = ", StringComparison.Ordinal) ? definition.IndexOf(' ', end + 3) : end;
            definition = end < 0 ? definition : $"{definition[..end]} {mark}{definition[end..]}";
        }

        return definition.StartsWith("scalar", StringComparison.Ordinal) ? definition + Mark(name) : definition.Replace(" {", Mark(name) + " {", StringComparison.Ordinal);
    }

    private void Append(SourceType type)
    {
        if (type.Kind == WorldKind.Union)
        {
            text.Append($"union {type.Name}{Contexts(type)}{(type.IsInaccessible ? " @inaccessible" : "")} = {string.Join(" | ", type.Members)}\n");
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
        text.Append(type.IsInterfaceObject ? " @interfaceObject" : "").Append(type.IsInternal ? " @internal" : "").Append(Mark(type.Name)).Append(" {\n");
        foreach (var field in type.Fields.Values)
        {
            Append(type, field);
        }

        text.Append("}\n");
    }

    private static string Contexts(SourceType type) => string.Concat(type.Contexts.Select(context => $" @context(name: \"{context}\")"));

    private void Append(SourceType type, SourceField entry)
    {
        var field = entry.Field;
        var arguments = field.Arguments.Select(argument => $"{argument.Name}: {argument.Type}"
            + (argument.Default is null ? "" : $" = {argument.Default}")
            + (argument.IsInaccessible ? " @inaccessible" : "")
            + Mark($"{type.Name}.{field.Name}({argument.Name}:)")
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
            AppendDirectives(type, entry);
        }

        text.Append(Mark($"{type.Name}.{field.Name}")).Append('\n');
    }

    private void AppendDirectives(SourceType type, SourceField entry)
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
