using System.Collections.Immutable;
using System.Text.Json;
using GraphGateway.Language;
using GraphGateway.TypeSystem;

namespace GraphGateway.Operations;

/// <summary>
/// Writes the objects of introspection, one method for each type of Spec §4.2
/// (<see href="https://spec.graphql.org/September2025/#sec-Schema-Introspection.Schema-Introspection-Schema">schema</see>).
/// </summary>
internal sealed class IntrospectionAnswer(Utf8JsonWriter writer, Schema schema, SourceText source, VariableValues variables, SchemaView? view)
{
    // __Schema
    internal void WriteSchema(NormalizedSelectionSet selections) => WriteObject(selections, schema, (field, _) =>
    {
        switch (field.Definition.Name)
        {
            case "description":
                writer.WriteStringValue(schema.Description);
                break;
            case "types":
                WriteList(schema.Types.Where(Shows), type => WriteType(type, field.SelectionSet!));
                break;
            case "queryType":
                WriteType(schema.QueryType, field.SelectionSet!);
                break;
            case "mutationType":
                WriteType(schema.MutationType, field.SelectionSet!);
                break;
            case "subscriptionType":
                WriteType(schema.SubscriptionType, field.SelectionSet!);
                break;
            case "directives":
                WriteList(schema.DirectiveDefinitions, directive => WriteObject(field.SelectionSet!, directive, WriteDirectiveField));
                break;
            default:
                throw Unknown(field);
        }
    });

    private bool Shows(NamedType type) => view is null || view.Shows(type);

    // __Type
    internal void WriteType(GraphQLType? type, NormalizedSelectionSet selections)
    {
        if (type is null)
        {
            writer.WriteNullValue();
        }
        else
        {
            WriteObject(selections, type, WriteTypeField);
        }
    }

    private void WriteTypeField(NormalizedField field, GraphQLType type)
    {
        var below = field.SelectionSet!;
        switch (field.Definition.Name)
        {
            case "kind":
                writer.WriteStringValue(KindOf(type));
                break;
            case "name":
                writer.WriteStringValue((type as NamedType)?.Name);
                break;
            case "description":
                writer.WriteStringValue((type as NamedType)?.Description);
                break;
            case "specifiedByURL":
                writer.WriteStringValue((type as ScalarType)?.SpecifiedByUrl);
                break;
            case "isOneOf":
                WriteNullable((type as InputObjectType)?.IsOneOf);
                break;
            case "fields":
                WriteVisible(
                    field, (type as ComplexType)?.Fields.RemoveAll(member => view?.Shows(member) == false), static member => member.DeprecationReason, member => WriteObject(below, member, WriteFieldField));
                break;
            case "interfaces":
                WriteList<InterfaceType>((type as ComplexType)?.Interfaces.Where(Shows), member => WriteType(member, below));
                break;
            case "possibleTypes":
                WriteList(PossibleTypesOf(type)?.Where(Shows), member => WriteType(member, below));
                break;
            case "enumValues":
                WriteVisible(
                    field, (type as EnumType)?.Values, static member => member.DeprecationReason, member => WriteObject(below, member, WriteEnumValueField));
                break;
            case "inputFields":
                WriteInputValues(field, (type as InputObjectType)?.Fields);
                break;
            case "ofType":
                WriteType((type as NonNullType)?.OfType ?? (type as ListType)?.OfType, below);
                break;
            default:
                throw Unknown(field);
        }
    }

    // __Field
    private void WriteFieldField(NormalizedField field, FieldDefinition definition)
    {
        switch (field.Definition.Name)
        {
            case "args":
                WriteInputValues(field, definition.Arguments);
                break;
            case "type":
                WriteType(definition.Type, field.SelectionSet!);
                break;
            default:
                WriteMemberField(field, definition.Name, definition.Description, definition.DeprecationReason);
                break;
        }
    }

    // __InputValue
    private void WriteInputValueField(NormalizedField field, InputValueDefinition value)
    {
        switch (field.Definition.Name)
        {
            case "type":
                WriteType(value.Type, field.SelectionSet!);
                break;
            case "defaultValue":
                writer.WriteStringValue(
                    value.DefaultValue is { } literal ? Printer.Print(DefaultValues.Normalize(literal, value.Type)) : null);
                break;
            default:
                WriteMemberField(field, value.Name, value.Description, value.DeprecationReason);
                break;
        }
    }

    // __EnumValue
    private void WriteEnumValueField(NormalizedField field, EnumValueDefinition value) =>
        WriteMemberField(field, value.Name, value.Description, value.DeprecationReason);

    // __Directive
    private void WriteDirectiveField(NormalizedField field, DirectiveDefinition directive)
    {
        switch (field.Definition.Name)
        {
            case "isRepeatable":
                writer.WriteBooleanValue(directive.IsRepeatable);
                break;
            case "locations":
                WriteList(directive.Locations, location => writer.WriteStringValue(location.ToWire()));
                break;
            case "args":
                WriteInputValues(field, directive.Arguments);
                break;
            default:
                WriteMemberField(field, directive.Name, directive.Description, deprecationReason: null);
                break;
        }
    }

    // What members have in common.
    private void WriteMemberField(NormalizedField field, string name, string? description, string? deprecationReason)
    {
        switch (field.Definition.Name)
        {
            case "name":
                writer.WriteStringValue(name);
                break;
            case "description":
                writer.WriteStringValue(description);
                break;
            case "isDeprecated":
                writer.WriteBooleanValue(deprecationReason is not null);
                break;
            case "deprecationReason":
                writer.WriteStringValue(deprecationReason);
                break;
            default:
                throw Unknown(field);
        }
    }

    private void WriteInputValues(NormalizedField field, ImmutableArray<InputValueDefinition>? values) => WriteVisible(
        field, values, static value => value.DeprecationReason, value => WriteObject(field.SelectionSet!, value, WriteInputValueField));

    // Deprecated members are told only on demand.
    private void WriteVisible<T>(NormalizedField field, ImmutableArray<T>? members, Func<T, string?> deprecationReason, Action<T> write)
    {
        var arguments = ArgumentCoercion.Coerce(field.Definition.Arguments, field.Arguments, field.Node, source, variables);
        var includesDeprecated = arguments.Values?.GetValueOrDefault("includeDeprecated") is true;
        WriteList(includesDeprecated ? members : members?.Where(member => deprecationReason(member) is null), write);
    }

    private void WriteObject<T>(NormalizedSelectionSet selections, T value, Action<NormalizedField, T> writeField)
    {
        writer.WriteStartObject();
        foreach (var field in selections.Fields)
        {
            writer.WritePropertyName(field.ResponseKey);
            if (field.Definition == MetaFields.Typename)
            {
                writer.WriteStringValue(selections.Type.Name);
            }
            else
            {
                writeField(field, value);
            }
        }

        writer.WriteEndObject();
    }

    private void WriteList<T>(IEnumerable<T>? items, Action<T> write)
    {
        if (items is null)
        {
            writer.WriteNullValue();
            return;
        }

        writer.WriteStartArray();
        foreach (var item in items)
        {
            write(item);
        }

        writer.WriteEndArray();
    }

    private void WriteNullable(bool? value)
    {
        if (value is { } known)
        {
            writer.WriteBooleanValue(known);
        }
        else
        {
            writer.WriteNullValue();
        }
    }

    private IEnumerable<ObjectType>? PossibleTypesOf(GraphQLType type) => type switch
    {
        UnionType union => union.Members,
        InterfaceType @interface => @interface.PossibleTypes.Ordinals().Select(ordinal => schema.ObjectTypes[ordinal]),
        _ => null,
    };

    private static string KindOf(GraphQLType type) => type switch
    {
        ScalarType => "SCALAR",
        ObjectType => "OBJECT",
        InterfaceType => "INTERFACE",
        UnionType => "UNION",
        EnumType => "ENUM",
        InputObjectType => "INPUT_OBJECT",
        ListType => "LIST",
        _ => "NON_NULL",
    };

    private static InvalidOperationException Unknown(NormalizedField field) =>
        new($"{field.Definition} is not a field of introspection, and yet the document is valid.");
}
