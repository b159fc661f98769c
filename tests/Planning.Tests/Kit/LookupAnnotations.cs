using System.Text;
using GraphGateway.Language;

namespace GraphGateway.Planning.Tests;

/// <summary>Keys and lookups of a type in the supergraph's canonical form.</summary>
internal static class LookupAnnotations
{
    public static string Of(string name, List<(TestSource Source, TypeDefinitionNode Node)> parts)
    {
        var text = new StringBuilder();
        foreach (var (source, node) in parts)
        {
            foreach (var key in node.Directives.Where(directive => directive.Name.Value == "key"))
            {
                var fields = ((StringValueNode)key.Argument("fields")!).Value;
                var isResolvable = key.Argument("resolvable") is not BooleanValueNode { Value: false };
                text.Append($"\n  @gateway__key(in: {source.Enum}, fields: {FieldAnnotations.Quote(fields)}{(isResolvable ? "" : ", resolvable: false")})");
                if (source.IsApollo && isResolvable)
                {
                    text.Append($"\n  @gateway__lookup(in: {source.Enum}, key: {FieldAnnotations.Quote(fields)})");
                }
            }

            AppendFieldLookups(text, name, source);
        }

        return text.ToString();
    }

    private static void AppendFieldLookups(StringBuilder text, string name, TestSource source)
    {
        foreach (var (path, field) in Lookups(source, "Query", []))
        {
            var returned = FieldAnnotations.NamedOf(field.Type);
            if (returned != name && !IsPossible(source, returned, name))
            {
                continue;
            }

            foreach (var arguments in Ways(field))
            {
                Append(text, name, source, path, field, returned, arguments);
            }
        }
    }

    // As composition has it: a way to ask for each alternative of a map that no type tells apart.
    private static IEnumerable<List<(string Name, string Type, string Map)>> Ways(FieldDefinitionNode field)
    {
        IEnumerable<List<(string Name, string Type, string Map)>> ways = [[]];
        foreach (var argument in field.Arguments)
        {
            var map = FieldAnnotations.MapOf(argument, "is") ?? argument.Name.Value;
            string[] alternatives = map.Contains('<', StringComparison.Ordinal) ? [map] : map.Split(" | ");
            ways = ways.SelectMany(way => alternatives.Select(alternative =>
                (List<(string, string, string)>)[.. way, (argument.Name.Value, argument.Type.ToString()!, alternative)])).ToList();
        }

        return ways;
    }

    private static void Append(
        StringBuilder text, string name, TestSource source, string[] path, FieldDefinitionNode field, string returned, List<(string Value, string Type, string Map)> arguments)
    {
        text.Append($"\n  @gateway__lookup(in: {source.Enum}, key: {FieldAnnotations.Quote(string.Join(' ', arguments.Select(a => FieldAnnotations.SelectionOf(a.Map))))}");
        text.Append(path.Length == 0 ? "" : $", path: [{string.Join(", ", path.Select(segment => $"\"{segment}\""))}]");
        text.Append($", field: \"{field.Name.Value}\", arguments: [{string.Join(", ", arguments.Select(a => $"{{name: \"{a.Value}\", type: \"{a.Type}\", map: {FieldAnnotations.Quote(a.Map)}}}"))}]");
        text.Append(returned == name ? "" : $", returns: \"{returned}\"");
        text.Append(IsNonNull(source, path, field) ? ", nonNull: true)" : ")");
    }

    private static bool IsNonNull(TestSource source, string[] path, FieldDefinitionNode field) => (path.Length == 0 ? field
        : source.Document.Definitions.OfType<ObjectTypeDefinitionNode>().Where(type => type.Name.Value == "Query").SelectMany(type => type.Fields)
            .First(first => first.Name.Value == path[0])).Type is NonNullTypeNode;

    private static IEnumerable<(string[] Path, FieldDefinitionNode Field)> Lookups(TestSource source, string typeName, string[] path)
    {
        foreach (var field in source.Document.Definitions.OfType<ObjectTypeDefinitionNode>().Where(type => type.Name.Value == typeName).SelectMany(type => type.Fields))
        {
            if (field.Directives.Any(directive => directive.Name.Value == "lookup"))
            {
                yield return (path, field);
            }
            else if (field.Arguments.IsEmpty && path.Length < 2)
            {
                foreach (var nested in Lookups(source, FieldAnnotations.NamedOf(field.Type), [.. path, field.Name.Value]))
                {
                    yield return nested;
                }
            }
        }
    }

    private static bool IsPossible(TestSource source, string abstractName, string name) => source.Document.Definitions.Any(definition => definition switch
    {
        ObjectTypeDefinitionNode type => type.Name.Value == name && type.Interfaces.Any(i => i.Name.Value == abstractName),
        UnionTypeDefinitionNode union => union.Name.Value == abstractName && union.Members.Any(member => member.Name.Value == name),
        _ => false,
    });
}
