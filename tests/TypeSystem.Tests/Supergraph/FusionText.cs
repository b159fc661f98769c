using System.IO.Compression;
using System.Text;
using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.TestKit.Supergraphs;

/// <summary>
/// Writes a supergraph as HotChocolate Fusion 16 does: the execution schema of <c>nitro fusion compose</c> and its archive. For tests of
/// the reader: nobody needs our graphs in that form.
/// </summary>
internal static class FusionText
{
    private static readonly string[] NotWritten = ["cost", "listSize", "inaccessible"];

    /// <summary>The execution schema (<c>gateway.graphqls</c>).</summary>
    internal static string Write(Supergraph supergraph)
    {
        var text = new StringBuilder("schema {\n  query: Query\n");
        text.Append(supergraph.FullSchema.MutationType is null ? "" : "  mutation: Mutation\n").Append("}\n\n");
        foreach (var type in supergraph.Types)
        {
            WriteType(text, supergraph, type);
        }

        text.Append("enum fusion__Schema {\n");
        foreach (var source in supergraph.Sources)
        {
            text.Append($"  {Name(source)} @fusion__schema_metadata(name: \"{source.Name}\"{(source.Dialect == SourceDialect.Apollo ? ", kind: \"ApolloFederation\"" : "")})\n");
        }

        return text.Append("}\n\nscalar fusion__FieldDefinition\n\ndirective @fusion__inaccessible on FIELD_DEFINITION | OBJECT | ARGUMENT_DEFINITION\n").ToString();
    }

    /// <summary>The archive (<c>.far</c>) with an execution schema and the sources' addresses.</summary>
    internal static byte[] Archive(string executionSchema, IEnumerable<(string Name, string Url)> sources)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(zip, "archive-metadata.json", """{"formatVersion":"1.0.0","supportedGatewayFormats":["1.0.0","2.0.0"],"sourceSchemas":[]}""");
            Add(zip, "gateway/1.0.0/gateway.graphqls", "type Query { old: String }");
            Add(zip, "gateway/2.0.0/gateway.graphqls", executionSchema);
            Add(
                zip,
                "gateway/2.0.0/gateway-settings.json",
                "{\"sourceSchemas\":{" + string.Join(",", sources.Select(source =>
                    $"\"{source.Name}\":{{\"transports\":{{\"http\":{{\"url\":\"{source.Url}\",\"clientName\":\"fusion\",\"capabilities\":{{\"batching\":{{\"requestBatching\":false}}}}}}}}}}")) + "}}");
        }

        return bytes.ToArray();
    }

    private static void Add(ZipArchive zip, string name, string content)
    {
        using var writer = new StreamWriter(zip.CreateEntry(name).Open());
        writer.Write(content);
    }

    private static void WriteType(StringBuilder text, Supergraph supergraph, SupergraphType type)
    {
        text.Append(type.Type switch
        {
            ScalarType => "scalar ",
            ObjectType => "type ",
            InterfaceType => "interface ",
            UnionType => "union ",
            EnumType => "enum ",
            _ => "input ",
        }).Append(type.Name);
        if (type.Type is ComplexType { Interfaces.IsEmpty: false } complex)
        {
            text.Append(" implements ").AppendJoin(" & ", complex.Interfaces.Select(it => it.Name));
        }

        text.Append(Applied(type.Type.Directives));
        foreach (var source in type.Sources)
        {
            text.Append($"\n  @fusion__type(schema: {Name(source.Source)})");
            text.Append(string.Concat(source.Interfaces.Select(it => $"\n  @fusion__implements(schema: {Name(source.Source)}, interface: \"{it}\")")));
            text.Append(type.Type is UnionType
                ? string.Concat(source.PossibleTypes.Select(it => $"\n  @fusion__unionMember(schema: {Name(source.Source)}, member: \"{it}\")"))
                : "");
        }

        // HotChocolate writes a lookup where it returns to, once.
        var lookups = supergraph.Types.SelectMany(other => other.Lookups)
            .Where(lookup => (lookup.Kind == LookupKind.Field ? lookup.ReturnTypeName : lookup.TypeName) == type.Name)
            .DistinctBy(lookup => (lookup.Source, lookup.FieldName, string.Join('.', lookup.Path), Syntax.Fields(lookup.Key)));
        text.Append(string.Concat(lookups.Select(lookup => "\n  " + Lookup(lookup))));
        WriteBody(text, type);
        text.Append("\n\n");
    }

    private static void WriteBody(StringBuilder text, SupergraphType type)
    {
        switch (type.Type)
        {
            case ComplexType:
                text.Append(" {\n");
                foreach (var field in type.Fields)
                {
                    text.Append("  ").Append(field.Name);
                    if (!field.Field.Arguments.IsEmpty)
                    {
                        text.Append('(').AppendJoin(' ', field.Field.Arguments.Select(argument =>
                            Input(argument) + string.Concat(field.Sources.Where(source => source.Arguments.Contains(argument.Name))
                                .Select(source => $" @fusion__inputField(schema: {Name(source.Source)})")))).Append(')');
                    }

                    text.Append(": ").Append(field.Field.Type).Append(Applied(field.Field.Directives))
                        .Append(string.Concat(field.Sources.Select(source => Field(field, source)))).Append('\n');
                }

                text.Append('}');
                break;
            case UnionType union:
                text.Append(" = ").AppendJoin(" | ", union.Members.Select(member => member.Name));
                break;
            case EnumType @enum:
                text.Append(" {\n").AppendJoin('\n', @enum.Values.Select(value => "  " + value.Name + Applied(value.Directives)
                    + string.Concat(type.Sources.Where(source => source.EnumValues.Contains(value.Name))
                        .Select(source => $" @fusion__enumValue(schema: {Name(source.Source)})")))).Append("\n}");
                break;
            case InputObjectType input:
                text.Append(" {\n").AppendJoin('\n', input.Fields.Select(field => "  " + Input(field)
                    + string.Concat(type.Sources.Where(source => source.InputFields.Contains(field.Name))
                        .Select(source => $" @fusion__inputField(schema: {Name(source.Source)})")))).Append("\n}");
                break;
        }
    }

    private static string Field(SupergraphField field, FieldInSource source)
    {
        var name = Name(source.Source);
        var said = $"\n    @fusion__field(schema: {name}"
            + (source.Type.ToString() == field.Field.Type.ToString() ? "" : $", sourceType: \"{source.Type}\"")
            + (source.Provides is null ? "" : $", provides: {Text(Syntax.Fields(source.Provides))}")
            + (source.IsExternal ? ", partial: true" : "") + ")";
        if (source.Requirement is not { } requirement)
        {
            return said;
        }

        var given = field.Field.Arguments.Where(argument => source.Arguments.Contains(argument.Name))
            .Select(argument => (argument.Name, Type: argument.Type.ToString()!, Map: "null"));
        var fed = requirement.Arguments.Select(argument => (argument.Name, Type: argument.Type.ToString()!, Map: Text(Printer.Print(argument.Map))));
        var all = given.Concat(fed).ToArray();
        var definition = $"{field.Name}({string.Join(' ', all.Select(it => $"{it.Name}: {it.Type}"))}): {source.Type}";
        return said + $"\n    @fusion__requires(schema: {name}, requirements: {Text(Syntax.Fields(requirement.Selection))}, field: {Text(definition)}, map: [{string.Join(", ", all.Select(it => it.Map))}])";
    }

    private static string Lookup(Lookup lookup)
    {
        var field = lookup.Kind == LookupKind.Representations
            ? $"fusion__lookup_{lookup.TypeName}(key: ID!): {lookup.TypeName}"
            : $"{lookup.FieldName}({string.Join(' ', lookup.Arguments.Select(it => $"{it.Name}: {it.Type}"))}): {lookup.ReturnTypeName}";
        var map = string.Join(", ", lookup.Arguments.Select(it => Text(Printer.Print(it.Map))));
        var path = lookup.Path.IsEmpty ? "null" : $"\"{string.Join('.', lookup.Path)}\"";
        return $"@fusion__lookup(schema: {Name(lookup.Source)}, key: {Text(Syntax.Fields(lookup.Key))}, field: {Text(field)}, map: [{map}], path: {path}, internal: {(lookup.IsInternal ? "true" : "false")})";
    }

    private static string Input(InputValueDefinition value) =>
        $"{value.Name}: {value.Type}{(value.DefaultValue is null ? "" : " = " + Printer.Print(value.DefaultValue))}{Applied(value.Directives)}";

    private static string Applied(IEnumerable<DirectiveNode> directives) => string.Concat(directives.Select(directive =>
        directive.Name.Value == "inaccessible" ? " @fusion__inaccessible" : NotWritten.Contains(directive.Name.Value) ? "" : " " + Printer.Print(directive)));

    private static string Text(string value) => Printer.Print(Syntax.String(value));

    private static string Name(SourceSchema source) => source.Name.ToUpperInvariant().Replace('-', '_');
}
