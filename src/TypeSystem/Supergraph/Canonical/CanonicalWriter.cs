using System.Collections.Immutable;
using System.Text;
using GraphGateway.Language;

namespace GraphGateway.TypeSystem.Supergraphs;

/// <summary>Writes the definitions of the full schema, each with the directives of <see cref="CanonicalAnnotations"/>.</summary>
internal sealed class CanonicalWriter(Supergraph supergraph)
{
    // Small enough for a small graph to have some.
    private const int BlockSize = 200;
    private readonly StringBuilder text = new();
    private readonly CanonicalAnnotations annotations = new(supergraph.Sources);
    private readonly HashSet<string> usedDirectives = new(StringComparer.Ordinal);

    internal string Write()
    {
        var schema = supergraph.FullSchema;
        text.Append("# Composed by graphgateway. Do not edit: change the source schemas and compose again.\n");
        WriteDescription(schema.Description, "");
        text.Append("schema").Append(Applied(schema.Directives))
            .Append(" @").Append(CanonicalDirectives.Supergraph).Append("(version: ").Append(CanonicalDirectives.Version).Append(')');
        text.Append(string.Concat(supergraph.LinkedDirectives.Select(directive => "\n  " + CanonicalAnnotations.Link(directive))))
            .Append(supergraph.LinkedDirectives.IsEmpty ? " {\n" : "\n{\n");
        WriteRoot("query", schema.QueryType);
        WriteRoot("mutation", schema.MutationType);
        WriteRoot("subscription", schema.SubscriptionType);
        text.Append("}\n\n");
        WriteSources();
        WriteTypes();
        foreach (var directive in schema.DirectiveDefinitions.Where(directive => !directive.IsBuiltIn && IsWritten(directive)))
        {
            WriteDirectiveDefinition(directive);
        }

        if (supergraph.WithGateway != supergraph)
        {
            text.Append(CanonicalDirectives.NodeDefinition.ReplaceLineEndings("\n")).Append('\n');
        }

        text.Append(CanonicalDirectives.Definitions.ReplaceLineEndings("\n")).Append('\n');
        return text.ToString();
    }

    // The well-known directives have one definition for all graphs, which the reader supplies; only the used ones are worth showing.
    private bool IsWritten(DirectiveDefinition directive) =>
        WellKnownDirectives.Document.Definitions.OfType<DirectiveDefinitionNode>().All(known => known.Name.Value != directive.Name)
        || usedDirectives.Contains(directive.Name);

    private void WriteRoot(string keyword, ObjectType? type)
    {
        if (type is not null)
        {
            text.Append("  ").Append(keyword).Append(": ").Append(type.Name).Append('\n');
        }
    }

    private void WriteSources()
    {
        text.Append("enum ").Append(CanonicalDirectives.SourceEnum).Append(" {\n");
        foreach (var source in supergraph.Sources)
        {
            text.Append("  ").Append(annotations.EnumValue(source)).Append(' ').Append(CanonicalAnnotations.Source(source)).Append('\n');
        }

        text.Append("}\n\n");
    }

    // Each block of types on whatever core is free, put together in their order. With the scheduler of who calls: one who writes on a thread of low priority has all of it there.
    private void WriteTypes()
    {
        var blocks = supergraph.Types.Chunk(BlockSize).ToArray();
        var writers = new CanonicalWriter[blocks.Length];
        Parallel.For(0, blocks.Length, new ParallelOptions { TaskScheduler = TaskScheduler.Current }, i =>
        {
            var writer = new CanonicalWriter(supergraph);
            foreach (var type in blocks[i])
            {
                writer.WriteType(type);
            }

            writers[i] = writer;
        });
        foreach (var writer in writers)
        {
            text.Append(writer.text);
            usedDirectives.UnionWith(writer.usedDirectives);
        }
    }

    private void WriteType(SupergraphType type)
    {
        WriteDescription(type.Type.Description, "");
        var header = type.Type switch
        {
            ScalarType => "scalar",
            ObjectType => "type",
            InterfaceType => "interface",
            UnionType => "union",
            EnumType => "enum",
            _ => "input",
        };
        text.Append(header).Append(' ').Append(type.Name);
        if (type.Type is ComplexType { Interfaces.IsEmpty: false } complex)
        {
            text.Append(" implements ").AppendJoin(" & ", complex.Interfaces.Select(@interface => @interface.Name));
        }

        text.Append(Applied(type.Type.Directives));
        foreach (var annotation in annotations.Type(type))
        {
            text.Append("\n  ").Append(annotation);
        }

        WriteBody(type);
        text.Append("\n\n");
    }

    private void WriteBody(SupergraphType type)
    {
        switch (type.Type)
        {
            case ComplexType:
                WriteBlock(type.Fields, WriteField);
                break;
            case EnumType @enum:
                WriteBlock(@enum.Values, value =>
                {
                    WriteDescription(value.Description, "  ");
                    text.Append("  ").Append(value.Name).Append(Applied(value.Directives));
                    WriteAnnotations(annotations.EnumValue(type, value));
                });
                break;
            case InputObjectType input:
                WriteBlock(input.Fields, field =>
                {
                    WriteDescription(field.Description, "  ");
                    text.Append("  ").Append(InputValue(field));
                    WriteAnnotations(annotations.InputField(type, field));
                });
                break;
            case UnionType union:
                text.Append("\n  = ").AppendJoin(" | ", union.Members.Select(member => member.Name));
                break;
        }
    }

    private void WriteBlock<T>(ImmutableArray<T> members, Action<T> write)
    {
        text.Append("\n{\n");
        foreach (var member in members)
        {
            write(member);
            text.Append('\n');
        }

        text.Append('}');
    }

    private void WriteField(SupergraphField field)
    {
        WriteDescription(field.Field.Description, "  ");
        text.Append("  ").Append(field.Name);
        WriteArguments(field.Field.Arguments, "  ");
        text.Append(": ");
        WriteReference(field.Field.Type);
        text.Append(Applied(field.Field.Directives));
        WriteAnnotations(annotations.Field(field));
    }

    // One stands on the member's own line; several are easier to compare below each other.
    private void WriteAnnotations(ImmutableArray<string> list)
    {
        var separator = list.Length == 1 ? " " : "\n    ";
        foreach (var annotation in list)
        {
            text.Append(separator).Append(annotation);
        }
    }

    private void WriteArguments(ImmutableArray<InputValueDefinition> arguments, string indent)
    {
        if (arguments.IsEmpty)
        {
            return;
        }

        if (arguments.All(argument => argument.Description is null))
        {
            text.Append('(').AppendJoin(", ", arguments.Select(InputValue)).Append(')');
            return;
        }

        text.Append("(\n");
        foreach (var argument in arguments)
        {
            WriteDescription(argument.Description, indent + "  ");
            text.Append(indent).Append("  ").Append(InputValue(argument)).Append('\n');
        }

        text.Append(indent).Append(')');
    }

    private void WriteReference(GraphQLType type)
    {
        switch (type)
        {
            case NonNullType nonNull:
                WriteReference(nonNull.OfType);
                text.Append('!');
                break;
            case ListType list:
                text.Append('[');
                WriteReference(list.OfType);
                text.Append(']');
                break;
            default:
                text.Append(((NamedType)type).Name);
                break;
        }
    }

    private void WriteDirectiveDefinition(DirectiveDefinition directive)
    {
        WriteDescription(directive.Description, "");
        text.Append("directive @").Append(directive.Name);
        WriteArguments(directive.Arguments, "");
        text.Append(directive.IsRepeatable ? " repeatable on " : " on ")
            .AppendJoin(" | ", directive.Locations.Select(DirectiveLocations.ToWire))
            .Append("\n\n");
    }

    private void WriteDescription(string? description, string indent)
    {
        if (description is not null)
        {
            text.Append(indent)
                .Append(Printer.Print(Syntax.Description(description)!).Replace("\n", "\n" + indent, StringComparison.Ordinal))
                .Append('\n');
        }
    }

    private string InputValue(InputValueDefinition value) =>
        $"{value.Name}: {value.Type}"
        + (value.DefaultValue is null ? "" : $" = {Printer.Print(value.DefaultValue)}")
        + Applied(value.Directives);

    private string Applied(ImmutableArray<DirectiveNode> directives)
    {
        if (directives.IsEmpty)
        {
            return "";
        }

        usedDirectives.UnionWith(directives.Select(directive => directive.Name.Value));
        return string.Concat(directives.Select(directive => " " + Printer.Print(directive)));
    }
}
