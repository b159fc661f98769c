using System.Collections.Immutable;
using System.Text;
using GraphGateway.Language;

namespace GraphGateway.TypeSystem.Supergraphs;

/// <summary>Writes join 0.5, which <see cref="JoinObstacles"/> found to be possible.</summary>
internal sealed class JoinWriter(Supergraph supergraph)
{
    private readonly StringBuilder text = new();
    private readonly HashSet<string> used = new(StringComparer.Ordinal);
    private readonly ImmutableArray<string> graphs = SourceNames.EnumValues(supergraph.Sources);

    internal string Write()
    {
        foreach (var type in supergraph.Types)
        {
            WriteType(type);
        }

        var types = text.ToString();
        text.Clear();
        WriteHead();
        return text.Append(types).Append(JoinDefinitions.Types.ReplaceLineEndings("\n")).ToString();
    }

    private void WriteHead()
    {
        var schema = supergraph.FullSchema;
        WriteDescription(schema.Description, "");
        var directives = Applied(schema.Directives);
        text.Append("schema").Append(JoinDefinitions.Links(used, supergraph.LinkedDirectives)).Append(directives).Append("\n{\n");
        foreach (var (keyword, root) in new[] { ("query", schema.QueryType), ("mutation", schema.MutationType), ("subscription", schema.SubscriptionType) })
        {
            text.Append(root is null ? "" : $"  {keyword}: {root.Name}\n");
        }

        text.Append("}\n\n").Append(JoinDefinitions.FeatureDefinitions(used)).Append(JoinDefinitions.Join.ReplaceLineEndings("\n"));
        foreach (var directive in schema.DirectiveDefinitions.Where(directive => !directive.IsBuiltIn && !WellKnownDirectives.IsOne(directive.Name)))
        {
            WriteDescription(directive.Description, "");
            text.Append("directive @").Append(directive.Name).Append(Arguments(directive.Arguments)).Append(directive.IsRepeatable ? " repeatable on " : " on ")
                .AppendJoin(" | ", directive.Locations.Select(DirectiveLocations.ToWire)).Append("\n\n");
        }

        text.Append("enum join__Graph {\n");
        foreach (var source in supergraph.Sources)
        {
            text.Append($"  {Graph(source)} @join__graph(name: {Text(source.Name)}, url: {Text(source.Url?.OriginalString ?? "")})\n");
        }

        text.Append("}\n\n");
    }

    private void WriteType(SupergraphType type)
    {
        WriteDescription(type.Type.Description, "");
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
            text.Append(" implements ").AppendJoin(" & ", complex.Interfaces.Select(@interface => @interface.Name));
        }

        foreach (var directive in Joined(type))
        {
            text.Append("\n  ").Append(directive);
        }

        foreach (var source in type.Sources)
        {
            foreach (var context in source.Contexts)
            {
                used.Add(JoinDefinitions.Context);
                text.Append("\n  @context(name: ").Append(Text(ContextName(source.Source, context))).Append(')');
            }
        }

        text.Append(CacheTags(type.Sources.SelectMany(source => source.CacheTags.Select(format => (source.Source, format))), "\n  "))
            .Append(Applied(type.Type.Directives));
        WriteBody(type);
        text.Append("\n\n");
    }

    private IEnumerable<string> Joined(SupergraphType type)
    {
        foreach (var source in type.Sources)
        {
            foreach (var name in source.Interfaces)
            {
                yield return $"@join__implements(graph: {Graph(source.Source)}, interface: {Text(name)})";
            }
        }

        // Every subgraph has a Query, if only for _entities.
        var isQuery = type.Type == supergraph.FullSchema.QueryType;
        foreach (var source in supergraph.Sources)
        {
            var own = type.In(source);
            var rest = own is { IsInterfaceObject: true } ? ", isInterfaceObject: true" : "";
            foreach (var key in own?.Keys ?? [])
            {
                yield return $"@join__type(graph: {Graph(source)}, key: {Text(Syntax.Fields(key.Fields))}{(key.IsResolvable ? "" : ", resolvable: false")}{rest})";
            }

            if (own is { Keys.IsEmpty: true } || (own is null && isQuery))
            {
                yield return $"@join__type(graph: {Graph(source)}{rest})";
            }
        }

        foreach (var source in type.Type is UnionType ? type.Sources : [])
        {
            foreach (var member in source.PossibleTypes)
            {
                yield return $"@join__unionMember(graph: {Graph(source.Source)}, member: {Text(member)})";
            }
        }
    }

    private void WriteBody(SupergraphType type)
    {
        switch (type.Type)
        {
            case ComplexType:
                WriteBlock(type.Fields, field =>
                {
                    WriteDescription(field.Field.Description, "  ");
                    text.Append("  ").Append(field.Name).Append(Arguments(field.Field.Arguments)).Append(": ").Append(field.Field.Type)
                        .Append(Joined(type, field))
                        .Append(CacheTags(field.Sources.SelectMany(source => source.CacheTags.Select(format => (source.Source, format))), " "))
                        .Append(Applied(field.Field.Directives));
                });
                break;
            case EnumType @enum:
                WriteBlock(@enum.Values, value =>
                {
                    WriteDescription(value.Description, "  ");
                    text.Append("  ").Append(value.Name)
                        .Append(Each(type.Sources.Where(source => source.EnumValues.Contains(value.Name)), "enumValue")).Append(Applied(value.Directives));
                });
                break;
            case InputObjectType input:
                WriteBlock(input.Fields, field =>
                {
                    WriteDescription(field.Description, "  ");
                    var having = type.Sources.Where(source => source.InputFields.Contains(field.Name)).ToArray();
                    text.Append("  ").Append(Input(field)).Append(having.Length == type.Sources.Length ? "" : Each(having, "field")).Append(Applied(field.Directives));
                });
                break;
            case UnionType union:
                text.Append("\n  = ").AppendJoin(" | ", union.Members.Select(member => member.Name));
                break;
        }
    }

    private string Joined(SupergraphType type, SupergraphField field)
    {
        // What an interface object serves on its implementations is said at the interface, and here by naming no graph.
        var own = field.Sources.Where(source => type.In(source.Source) is not null).ToArray();
        if (own.Length == 0)
        {
            return " @join__field";
        }

        var said = own.Select(source => Joined(field, source)).ToArray();
        var count = type.Type == supergraph.FullSchema.QueryType ? supergraph.Sources.Length : type.Sources.Length;
        return own.Length == count && said.All(rest => rest.Length == 0)
            ? ""
            : string.Concat(own.Zip(said, (source, rest) => $" @join__field(graph: {Graph(source.Source)}{rest})"));
    }

    private string Joined(SupergraphField field, FieldInSource source)
    {
        var rest = new StringBuilder();
        if (source.Type.ToString() is var type && type != field.Field.Type.ToString())
        {
            rest.Append($", type: {Text(type!)}");
        }

        rest.Append(source.IsExternal ? ", external: true" : "");
        rest.Append(source.Provides is null ? "" : $", provides: {Text(Syntax.Fields(source.Provides))}");
        rest.Append(source.Requirement is null ? "" : $", requires: {Text(Syntax.Fields(source.Requirement.Selection))}");
        if (source.Override is { } condition)
        {
            var from = field.Sources.FirstOrDefault(other => other.Override is { ServesWhen: false } && other.Override.Label == condition.Label);
            rest.Append(condition.ServesWhen ? $", override: {Text(from?.Source.Name ?? "")}" : "").Append($", overrideLabel: {Text(condition.Label)}");
        }

        if (!source.ContextArguments.IsEmpty)
        {
            used.Add(JoinDefinitions.Context);
            rest.Append($", contextArguments: [{string.Join(", ", source.ContextArguments.Select(argument =>
                $"{{context: {Text(ContextName(source.Source, argument.Context))}, name: {Text(argument.Name)}, type: {Text(argument.Type.ToString()!)}, "
                + $"selection: {Text(Selection(argument.Selection))}}}"))}]");
        }

        return rest.ToString();
    }

    // A context belongs to its source, which its name tells.
    private static string ContextName(SourceSchema source, string context) => $"{source.Name}__{context}";

    // As teams write it: a field in braces, and a field for each type without.
    private static string Selection(SelectionSetNode selection) =>
        selection.Selections.All(node => node is InlineFragmentNode) ? Syntax.Fields(selection) : $"{{ {Syntax.Fields(selection)} }}";

    // Cache tags are directives of the sources and not of the graph.
    private string CacheTags(IEnumerable<(SourceSchema Source, string Format)> tags, string separator)
    {
        var said = new StringBuilder();
        foreach (var same in tags.GroupBy(tag => tag.Format, tag => Graph(tag.Source), StringComparer.Ordinal))
        {
            used.Add(JoinDefinitions.CacheTag);
            said.Append(separator).Append($"@join__directive(graphs: [{string.Join(", ", same)}], name: \"federation__cacheTag\", args: {{format: {Text(same.Key)}}})");
        }

        return said.ToString();
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

    private string Arguments(ImmutableArray<InputValueDefinition> arguments)
    {
        if (arguments.IsEmpty)
        {
            return "";
        }

        return arguments.All(argument => argument.Description is null)
            ? $"({string.Join(", ", arguments.Select(argument => Input(argument) + Applied(argument.Directives)))})"
            : $"(\n{string.Concat(arguments.Select(argument => Description(argument.Description, "    ") + "    " + Input(argument) + Applied(argument.Directives) + "\n"))}  )";
    }

    private static string Input(InputValueDefinition value) =>
        $"{value.Name}: {value.Type}" + (value.DefaultValue is null ? "" : $" = {Printer.Print(value.DefaultValue)}");

    private string Each(IEnumerable<TypeInSource> sources, string directive) =>
        string.Concat(sources.Select(source => $" @join__{directive}(graph: {Graph(source.Source)})"));

    private void WriteDescription(string? description, string indent) => text.Append(Description(description, indent));

    private static string Description(string? description, string indent) => description is null
        ? ""
        : indent + Printer.Print(Syntax.Description(description)!).Replace("\n", "\n" + indent, StringComparison.Ordinal) + "\n";

    private string Applied(ImmutableArray<DirectiveNode> directives)
    {
        used.UnionWith(directives.Select(directive => directive.Name.Value));
        return string.Concat(directives.Select(directive => directive.Name.Value == WellKnownDirectives.Cost
            ? $" @cost(weight: {JoinObstacles.Weight(directive)})"
            : " " + Printer.Print(directive)));
    }

    private string Graph(SourceSchema source) => graphs[source.Ordinal];

    private static string Text(string value) => Printer.Print(Syntax.String(value));
}
