using System.Text;

namespace GraphGateway.TestKit;

/// <summary>Writes a generated source in a dialect. What clients see is the same in either.</summary>
internal static class SourceSetWriter
{
    private const string Link =
        "extend schema @link(url: \"https://specs.apollo.dev/federation/v2.9\", import: [\"@key\", \"@shareable\", \"@external\", "
        + "\"@provides\", \"@requires\", \"@override\", \"@interfaceObject\"])\n\n";

    internal static string Apollo(GeneratedSource source) => Write(source, isApollo: true);

    internal static string Composite(GeneratedSource source) => Write(source, isApollo: false);

    private static string Write(GeneratedSource source, bool isApollo)
    {
        var text = new StringBuilder(isApollo ? Link : "");
        foreach (var type in source.Types.Values)
        {
            Write(text, source, type, isApollo);
        }

        text.AppendJoin("\n\n", source.PlainDefinitions);
        return text.Append('\n').ToString();
    }

    private static void Write(StringBuilder text, GeneratedSource source, GeneratedType type, bool isApollo)
    {
        text.Append(type.Keyword).Append(' ').Append(type.Name);
        if (type.Interfaces.Count > 0)
        {
            text.Append(" implements ").AppendJoin(" & ", type.Interfaces);
        }

        foreach (var key in type.Keys)
        {
            text.Append($" @key(fields: \"{key.Text}\"{(key.IsResolvable || !isApollo ? "" : ", resolvable: false")})");
        }

        text.Append(type.IsInterfaceObject ? " @interfaceObject" : "").Append(type.IsShareable ? " @shareable" : "").Append(" {\n");
        foreach (var field in type.Fields.Values)
        {
            if (isApollo || field.External != ExternalUse.Required)
            {
                Write(text, field, isApollo);
            }
        }

        if (type.Name == "Query" && !isApollo)
        {
            WriteLookups(text, source);
        }

        text.Append("}\n\n");
    }

    private static void Write(StringBuilder text, GeneratedField field, bool isApollo)
    {
        var arguments = field.Arguments;
        var requires = "";
        if (field.Requires is { } required)
        {
            requires = isApollo ? $" @requires(fields: \"{Selection(required.Path)}\")" : "";
            arguments = isApollo ? arguments : $"(needed: {required.Type} @require(field: \"{string.Join('.', required.Path)}\"))";
        }

        text.Append($"  {field.Name}{arguments}: {field.Type}{requires}");
        text.Append(field.External == ExternalUse.None ? "" : " @external");
        text.Append(field.IsShareable ? " @shareable" : "");
        text.Append(field.Provides is null ? "" : $" @provides(fields: \"{field.Provides}\")");
        text.Append(field.OverrideFrom is null ? "" : $" @override(from: \"{field.OverrideFrom}\")");
        text.Append('\n');
    }

    // Apollo's entities are entered by their keys; Composite Schemas has a field for each.
    private static void WriteLookups(StringBuilder text, GeneratedSource source)
    {
        foreach (var type in source.Types.Values)
        {
            foreach (var key in type.Keys.Where(key => key.IsResolvable))
            {
                var name = $"{type.Name}By{string.Concat(key.Fields.Select(field => char.ToUpperInvariant(field.Name[0]) + field.Name[1..]))}";
                var arguments = string.Join(", ", key.Fields.Select(field => $"{field.Name}: {field.Type}"));
                text.Append($"  {char.ToLowerInvariant(name[0])}{name[1..]}({arguments}): {type.Name} @lookup @internal\n");
            }
        }
    }

    private static string Selection(string[] path) => path.Reverse().Aggregate((inner, outer) => $"{outer} {{ {inner} }}");
}
