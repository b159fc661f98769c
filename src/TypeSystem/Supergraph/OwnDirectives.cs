using System.Collections.Immutable;
using GraphGateway.Language;

namespace GraphGateway.TypeSystem.Supergraphs;

/// <summary>
/// Checks the directives by which a supergraph's format says which source has what: known, with the arguments that they have and values of
/// their kinds, where they mean something, and once where once is allowed. A value of another kind would otherwise count as not said, and a
/// key or a requirement be lost without a word. What the document itself defines does not count: it is as unchecked as the rest.
/// </summary>
internal sealed class OwnDirectives
{
    private const string Text = "a string";

    private readonly string prefix;
    private readonly bool refusesUnknown;
    private readonly Dictionary<string, DirectiveDefinitionNode> definitions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TypeDefinitionNode> types = new(StringComparer.Ordinal);

    /// <summary>Takes the definitions of a format, whose types may be left out: a value of those is then of any kind.</summary>
    /// <param name="definitions">Directives, and the scalars (their values are strings), enums and input objects of their arguments.</param>
    /// <param name="prefix">What the names of the format begin with.</param>
    /// <param name="refusesUnknown">True when a directive with the prefix must be defined there.</param>
    internal OwnDirectives(string definitions, string prefix, bool refusesUnknown)
    {
        this.prefix = prefix;
        this.refusesUnknown = refusesUnknown;
        foreach (var definition in Parser.ParseDocument(new SourceText(definitions), ParserOptions.Schema).Value!.Definitions)
        {
            if (definition is DirectiveDefinitionNode directive)
            {
                this.definitions.Add(directive.Name.Value, directive);
            }
            else if (definition is TypeDefinitionNode type)
            {
                types.Add(type.Name.Value, type);
            }
        }
    }

    /// <summary>Reports what is wrong with the format's directives in a document, in which its names begin with <paramref name="written"/>.</summary>
    internal void Check(DocumentNode document, DirectiveReader reader, string? written = null)
    {
        written ??= prefix;
        foreach (var definition in document.Definitions)
        {
            foreach (var (location, directives) in DirectivesIn.ByLocation(definition))
            {
                foreach (var directive in directives)
                {
                    if (directive.Name.Value.StartsWith(written, StringComparison.Ordinal))
                    {
                        var name = written == prefix ? directive.Name.Value : prefix + directive.Name.Value[written.Length..];
                        Check(directive, name, reader);
                        CheckPlace(directive, name, location, directives, reader);
                    }
                }
            }
        }
    }

    private void CheckPlace(DirectiveNode directive, string name, string location, ImmutableArray<DirectiveNode> beside, DirectiveReader reader)
    {
        if (!refusesUnknown || !definitions.TryGetValue(name, out var definition))
        {
            return;
        }

        if (!Has(definition, location))
        {
            var known = string.Join(" or ", definition.Locations.Select(it => it.Value));
            reader.Report(directive, $"@{directive.Name} means nothing on {location}, only on {known}.");
        }
        else if (!definition.IsRepeatable && Directives.Find(beside, directive.Name.Value) != directive)
        {
            reader.Report(directive, $"@{directive.Name} stands there twice, and it can be said once.");
        }
    }

    private void Check(DirectiveNode directive, string name, DirectiveReader reader)
    {
        if (!definitions.TryGetValue(name, out var definition))
        {
            if (refusesUnknown)
            {
                reader.Report(directive, $"@{directive.Name} is not known to this version; because it can change what a field means, it cannot be ignored.");
            }

            return;
        }

        foreach (var argument in directive.Arguments)
        {
            var known = Find(definition, argument.Name.Value);
            if (known is null)
            {
                reader.Report(argument, $"@{directive.Name} has no argument \"{argument.Name}\" that this version knows; because it can change what a field means, it cannot be ignored.");
            }
            else if (directive.Argument(argument.Name.Value) != argument.Value)
            {
                reader.Report(argument, $"@{directive.Name} has the argument \"{argument.Name}\" twice.");
            }
            else if (!Fits(argument.Value, known.Type))
            {
                reader.Report(argument.Value, $"The argument \"{argument.Name}\" of @{directive.Name} must be {Kind(known.Type)}, not {Printer.Print(argument.Value)}.");
            }
        }

        foreach (var required in definition.Arguments)
        {
            if (required is not { Type: NonNullTypeNode, DefaultValue: null } || directive.Argument(required.Name.Value) is not null)
            {
                continue;
            }

            reader.Report(directive, Kind(required.Type) is var kind && kind == Text
                ? $"@{directive.Name} needs the string \"{required.Name}\"."
                : $"@{directive.Name} needs the argument \"{required.Name}\", {kind}.");
        }
    }

    // PERF: loops in place of lambdas here and above, which would be an object for each directive of a document.
    private static bool Has(DirectiveDefinitionNode definition, string location)
    {
        foreach (var known in definition.Locations)
        {
            if (known.Value == location)
            {
                return true;
            }
        }

        return false;
    }

    private static InputValueDefinitionNode? Find(DirectiveDefinitionNode definition, string argument)
    {
        foreach (var known in definition.Arguments)
        {
            if (known.Name.Value == argument)
            {
                return known;
            }
        }

        return null;
    }

    private bool Fits(ValueNode value, TypeNode type) => type switch
    {
        NonNullTypeNode nonNull => value is not NullValueNode && Fits(value, nonNull.Type),
        _ when value is NullValueNode => true,
        // One alone stands for a list of one.
        ListTypeNode list => value is ListValueNode values ? FitAll(values, list.Type) : Fits(value, list.Type),
        _ => FitsNamed(value, ((NamedTypeNode)type).Name.Value),
    };

    private bool FitAll(ListValueNode values, TypeNode type)
    {
        foreach (var item in values.Values)
        {
            if (!Fits(item, type))
            {
                return false;
            }
        }

        return true;
    }

    private bool FitsNamed(ValueNode value, string type) => type switch
    {
        "String" => value is StringValueNode,
        "Boolean" => value is BooleanValueNode,
        "Int" => value is IntValueNode,
        _ => types.GetValueOrDefault(type) switch
        {
            ScalarTypeDefinitionNode => value is StringValueNode,
            EnumTypeDefinitionNode { Values.IsEmpty: false } known => value is EnumValueNode name && known.Values.Any(it => it.Name.Value == name.Value),
            EnumTypeDefinitionNode => value is EnumValueNode or StringValueNode,
            InputObjectTypeDefinitionNode => value is ObjectValueNode,
            _ => true,
        },
    };

    private string Kind(TypeNode type) => type switch
    {
        NonNullTypeNode nonNull => Kind(nonNull.Type),
        ListTypeNode list => "a list, each " + Kind(list.Type),
        _ => ((NamedTypeNode)type).Name.Value switch
        {
            "Boolean" => "true or false",
            "Int" => "a whole number",
            var name => types.GetValueOrDefault(name) switch
            {
                EnumTypeDefinitionNode { Values.IsEmpty: false } known => string.Join(" or ", known.Values.Select(value => value.Name.Value)),
                EnumTypeDefinitionNode => "the name of one source",
                InputObjectTypeDefinitionNode => "an object",
                _ => Text,
            },
        },
    };
}
