using System.Collections.Immutable;
using GraphGateway.Language;

namespace GraphGateway.TypeSystem;

/// <summary>The text of single definitions, in the layout of graphql-js's <c>printSchema</c>.</summary>
internal sealed class DefinitionPrinter(SchemaPrinterOptions options)
{
    private const string Indent = "  ";

    internal IEnumerable<T> InOrder<T>(IEnumerable<T> members, Func<T, string> name) => options.IsSorted
        ? members.Order(Comparer<T>.Create((left, right) => Suggestions.CompareNaturally(name(left), name(right))))
        : members;

    /// <summary>Null when it says nothing that the default root names do not say.</summary>
    internal string? SchemaDefinition(Schema schema)
    {
        var directives = Applied(schema.Directives, specified: "");
        var roots = Enum.GetValues<OperationType>().Where(operation => schema.RootType(operation) is not null).ToList();
        var hasDefaultNames = roots.TrueForAll(operation => schema.RootType(operation)!.Name == OperationTypes.DefaultRootName(operation));
        var isAlone = Enum.GetValues<OperationType>().All(operation =>
            schema.RootType(operation) is not null || schema.FindType(OperationTypes.DefaultRootName(operation)) is null);
        if (schema.Description is null && directives.Length == 0 && hasDefaultNames && isAlone)
        {
            return null;
        }

        var lines = roots.Select(operation => $"{Indent}{OperationTypes.ToWire(operation)}: {schema.RootType(operation)}");
        return $"{Description(schema.Description)}schema{directives}{Block(lines)}";
    }

    internal string Directive(DirectiveDefinition directive)
    {
        var locations = InOrder(directive.Locations.Select(DirectiveLocations.ToWire), static location => location);
        var repeatable = directive.IsRepeatable ? " repeatable" : "";
        return $"{Description(directive.Description)}directive @{directive.Name}{Arguments(directive.Arguments, "")}{repeatable}"
            + $" on {string.Join(" | ", locations)}";
    }

    internal string Type(NamedType type) => Description(type.Description) + type switch
    {
        ScalarType scalar => $"scalar {type}{Applied(type.Directives, SpecifiedBy(scalar))}",
        ObjectType @object => $"type {type}{Implements(@object)}{Applied(type.Directives, "")}{Fields(@object)}",
        InterfaceType @interface => $"interface {type}{Implements(@interface)}{Applied(type.Directives, "")}{Fields(@interface)}",
        UnionType union => $"union {type}{Applied(type.Directives, "")}{Members(union)}",
        EnumType @enum => $"enum {type}{Applied(type.Directives, "")}{Values(@enum)}",
        InputObjectType input => $"input {type}{Applied(type.Directives, input.IsOneOf ? " @oneOf" : "")}{InputFields(input)}",
        _ => throw new ArgumentException($"{type.GetType().Name} is not a type that can be printed.", nameof(type)),
    };

    private string Implements(ComplexType type) => type.Interfaces.IsEmpty
        ? ""
        : $" implements {string.Join(" & ", InOrder(type.Interfaces, static @interface => @interface.Name))}";

    private string Members(UnionType union) => union.Members.IsEmpty
        ? ""
        : $" = {string.Join(" | ", InOrder(union.Members, static member => member.Name))}";

    private string Fields(ComplexType type) => Block(InOrder(type.Fields, static field => field.Name).Select((field, index) =>
        Description(field.Description, Indent, isFirst: index == 0)
        + $"{Indent}{field.Name}{Arguments(field.Arguments, Indent)}: {field.Type}{Applied(field.Directives, Deprecated(field.DeprecationReason))}"));

    private string Values(EnumType type) => Block(InOrder(type.Values, static value => value.Name).Select((value, index) =>
        Description(value.Description, Indent, isFirst: index == 0)
        + $"{Indent}{value.Name}{Applied(value.Directives, Deprecated(value.DeprecationReason))}"));

    private string InputFields(InputObjectType type) => Block(InOrder(type.Fields, static field => field.Name).Select((field, index) =>
        Description(field.Description, Indent, isFirst: index == 0) + Indent + InputValue(field)));

    // On one line, unless one of them has a description.
    private string Arguments(ImmutableArray<InputValueDefinition> arguments, string indent)
    {
        if (arguments.IsEmpty)
        {
            return "";
        }

        var ordered = InOrder(arguments, static argument => argument.Name);
        if (arguments.All(static argument => string.IsNullOrEmpty(argument.Description)))
        {
            return $"({string.Join(", ", ordered.Select(InputValue))})";
        }

        var lines = ordered.Select((argument, index) =>
            Description(argument.Description, Indent + indent, isFirst: index == 0) + Indent + indent + InputValue(argument));
        return $"(\n{string.Join('\n', lines)}\n{indent})";
    }

    private string InputValue(InputValueDefinition value)
    {
        var defaultValue = value.DefaultValue is { } given ? $" = {Printer.Print(given)}" : "";
        return $"{value.Name}: {value.Type}{defaultValue}{Applied(value.Directives, Deprecated(value.DeprecationReason))}";
    }

    private string Applied(ImmutableArray<DirectiveNode> directives, string specified) => options.Directives == AppliedDirectives.All
        ? string.Concat(directives.Select(static directive => " " + Printer.Print(directive)))
        : specified;

    private static string SpecifiedBy(ScalarType scalar) =>
        scalar.SpecifiedByUrl is { } url ? $" @specifiedBy(url: {Quoted(url, isBlock: false)})" : "";

    private static string Deprecated(string? reason) => reason switch
    {
        null => "",
        MemberBuilder.DefaultDeprecationReason => " @deprecated",
        _ => $" @deprecated(reason: {Quoted(reason, isBlock: false)})",
    };

    private static string Block(IEnumerable<string> lines)
    {
        var body = string.Join('\n', lines);
        return body.Length == 0 ? "" : $" {{\n{body}\n}}";
    }

    // A blank line sets a described member apart from the one before it.
    private static string Description(string? description, string indent = "", bool isFirst = true)
    {
        if (description is null)
        {
            return "";
        }

        var text = Quoted(description, BlockStringText.CanHold(description)).Replace("\n", "\n" + indent, StringComparison.Ordinal);
        return $"{(indent.Length > 0 && !isFirst ? "\n" : "")}{indent}{text}\n";
    }

    private static string Quoted(string value, bool isBlock) => Printer.Print(new StringValueNode(0, 0, value, isBlock));
}
