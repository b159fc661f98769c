using System.Text;
using GraphGateway.Language;

namespace GraphGateway.Planning.Tests;

/// <summary>Joins source schemas by name and writes the result in the supergraph's canonical form.</summary>
internal sealed class MergedTypes(List<TestSource> sources)
{
    private readonly Dictionary<string, List<(TestSource Source, TypeDefinitionNode Node)>> types = Group(sources);

    public string ToCanonicalSdl()
    {
        var text = new StringBuilder("schema @gateway__supergraph(version: 1) { query: Query ");
        text.Append(types.ContainsKey("Mutation") ? "mutation: Mutation " : "").Append("}\nenum gateway__Source {\n");
        foreach (var source in sources)
        {
            text.Append($"  {source.Enum} @gateway__source(name: \"{source.Name}\", dialect: {(source.IsApollo ? "APOLLO" : "COMPOSITE")}, batching: [{source.Batching}])\n");
        }

        text.Append("}\n");
        foreach (var (name, parts) in types)
        {
            Write(text, name, parts);
        }

        return text.ToString();
    }

    private static Dictionary<string, List<(TestSource, TypeDefinitionNode)>> Group(List<TestSource> sources)
    {
        var groups = new Dictionary<string, List<(TestSource, TypeDefinitionNode)>>();
        foreach (var source in sources)
        {
            foreach (var node in source.Document.Definitions.OfType<TypeDefinitionNode>())
            {
                var name = node.Name.Value;
                if (!groups.TryGetValue(name, out var parts))
                {
                    groups.Add(name, parts = []);
                }

                parts.Add((source, node));
            }
        }

        return groups;
    }

    private void Write(StringBuilder text, string name, List<(TestSource Source, TypeDefinitionNode Node)> parts)
    {
        var main = parts.Find(part => !Has(part.Node.Directives, "interfaceObject")).Node ?? parts[0].Node;
        var directives = new StringBuilder();
        foreach (var (source, node) in parts)
        {
            directives.Append($"\n  @gateway__type(in: {source.Enum}{(Has(node.Directives, "interfaceObject") ? ", interfaceObject: true" : "")})");
            foreach (var implemented in Interfaces(node))
            {
                directives.Append($"\n  @gateway__implements(in: {source.Enum}, interface: \"{implemented}\")");
            }

            foreach (var context in node.Directives.Where(directive => directive.Name.Value == "context"))
            {
                directives.Append($"\n  @gateway__context(in: {source.Enum}, name: {Printer.Print(context.Argument("name")!)})");
            }

            foreach (var member in Members(node))
            {
                directives.Append($"\n  @gateway__member(in: {source.Enum}, type: \"{member}\")");
            }
        }

        directives.Append(Has(main.Directives, "inaccessible") ? " @inaccessible" : "");
        directives.Append(LookupAnnotations.Of(name, parts));
        switch (main)
        {
            case ScalarTypeDefinitionNode:
                text.Append($"scalar {name}{directives}\n");
                break;
            case UnionTypeDefinitionNode:
                text.Append($"union {name}{directives} = {string.Join(" | ", parts.SelectMany(part => Members(part.Node)).Distinct())}\n");
                break;
            case EnumTypeDefinitionNode:
                text.Append($"enum {name}{directives} {{ {string.Join(' ', EnumValues(parts))} }}\n");
                break;
            case InputObjectTypeDefinitionNode:
                text.Append($"input {name}{directives} {{ {string.Join('\n', InputFields(parts))} }}\n");
                break;
            default:
                var interfaces = parts.SelectMany(part => Interfaces(part.Node)).Distinct().ToList();
                text.Append(main is InterfaceTypeDefinitionNode || IsAbstract(name) ? "interface " : "type ").Append(name)
                    .Append(interfaces.Count > 0 ? " implements " + string.Join(" & ", interfaces) : "").Append(directives).Append(" {\n");
                foreach (var field in new FieldAnnotations(IsAbstract).Of(name, parts, InterfaceObjectFields(name, interfaces)))
                {
                    text.Append("  ").Append(field).Append('\n');
                }

                text.Append("}\n");
                break;
        }
    }

    // An implementation has the fields too that a source adds to the interface as an @interfaceObject.
    private IEnumerable<FieldDefinitionNode> InterfaceObjectFields(string name, List<string> interfaces) =>
        interfaces.Where(i => i != name && types.ContainsKey(i)).SelectMany(i => types[i])
            .Where(part => Has(part.Node.Directives, "interfaceObject"))
            .SelectMany(part => FieldAnnotations.Fields(part.Node))
            .Where(field => !Has(field.Directives, "external"))
            .DistinctBy(field => field.Name.Value);

    private bool IsAbstract(string name) => types.TryGetValue(name, out var parts)
        && parts.Any(part => part.Node is InterfaceTypeDefinitionNode or UnionTypeDefinitionNode);

    private static bool Has(IEnumerable<DirectiveNode> directives, string name) => directives.Any(directive => directive.Name.Value == name);

    private static IEnumerable<string> Interfaces(TypeDefinitionNode node) => node switch
    {
        ObjectTypeDefinitionNode type => type.Interfaces.Select(i => i.Name.Value),
        InterfaceTypeDefinitionNode type => type.Interfaces.Select(i => i.Name.Value),
        _ => [],
    };

    private static IEnumerable<string> Members(TypeDefinitionNode node) =>
        node is UnionTypeDefinitionNode union ? union.Members.Select(member => member.Name.Value) : [];

    private static IEnumerable<string> EnumValues(List<(TestSource Source, TypeDefinitionNode Node)> parts) =>
        parts.SelectMany(part => ((EnumTypeDefinitionNode)part.Node).Values.Select(value => (value.Name.Value, part.Source.Enum)))
            .GroupBy(pair => pair.Value)
            .Select(group => $"{group.Key} {string.Concat(group.Select(pair => $" @gateway__value(in: {pair.Enum})"))}");

    private static IEnumerable<string> InputFields(List<(TestSource Source, TypeDefinitionNode Node)> parts) =>
        parts.SelectMany(part => ((InputObjectTypeDefinitionNode)part.Node).Fields.Select(field => (Field: field, part.Source.Enum)))
            .GroupBy(pair => pair.Field.Name.Value)
            .Select(group => $"{Printer.Print(group.First().Field)} {string.Concat(group.Select(pair => $" @gateway__inputField(in: {pair.Enum})"))}");
}
