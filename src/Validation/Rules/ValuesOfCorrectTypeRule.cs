using GraphGateway.Language;
using GraphGateway.TypeSystem;

namespace GraphGateway.Validation;

/// <summary>
/// Literals can be coerced to the type that is asked where they stand
/// (<see href="https://spec.graphql.org/September2025/#sec-Values-of-Correct-Type">Spec §5.6.1-5.6.4, and §3.10 on OneOf</see>).
/// </summary>
internal sealed class ValuesOfCorrectTypeRule(ValidationContext context) : ValidationRule(context)
{
    // What is inside a value that is wrong as a whole says nothing new.
    private ValueNode? wrongAsAWhole;

    public override void EnterListValue(ListValueNode node)
    {
        // The walk is already at the type of the items.
        if (wrongAsAWhole is null && Types.ParentInputType?.Nullable is not ListType)
        {
            CheckLeaf(node);
            wrongAsAWhole = node;
        }
    }

    public override void LeaveListValue(ListValueNode node) => Leave(node);

    public override void EnterObjectValue(ObjectValueNode node)
    {
        if (wrongAsAWhole is not null)
        {
            return;
        }

        if (Types.InputType?.Named is not InputObjectType type)
        {
            CheckLeaf(node);
            wrongAsAWhole = node;
            return;
        }

        var given = node.Fields.Select(field => field.Name.Value).ToHashSet(StringComparer.Ordinal);
        foreach (var field in type.Fields)
        {
            if (field.IsRequired && !given.Contains(field.Name))
            {
                Context.Report($"Field \"{type.Name}.{field.Name}\" of required type \"{field.Type}\" was not provided.", node.Start);
            }
        }

        if (type.IsOneOf)
        {
            CheckOneOf(node, type, given.Count);
        }
    }

    public override void LeaveObjectValue(ObjectValueNode node) => Leave(node);

    public override void EnterObjectField(ObjectFieldNode node)
    {
        if (wrongAsAWhole is null && Types.InputType is null && Types.ParentInputType?.Named is InputObjectType parent)
        {
            var suggestion = Context.DidYouMean(node.Name.Value, parent.Fields.Select(field => field.Name));
            Context.Report($"Field \"{node.Name}\" is not defined by type \"{parent.Name}\".{suggestion}", node.Start);
        }
    }

    public override void EnterLeafValue(ValueNode node)
    {
        if (wrongAsAWhole is not null)
        {
            return;
        }

        if (node is not NullValueNode)
        {
            CheckLeaf(node);
        }
        else if (Types.InputType is NonNullType type)
        {
            ReportExpected(type, node);
        }
    }

    private void Leave(ValueNode node)
    {
        if (wrongAsAWhole == node)
        {
            wrongAsAWhole = null;
        }
    }

    private void CheckOneOf(ObjectValueNode node, InputObjectType type, int givenCount)
    {
        if (givenCount != 1)
        {
            Context.Report($"OneOf Input Object \"{type.Name}\" must specify exactly one key.", node.Start);
        }
        else if (node.Fields[^1].Value is NullValueNode)
        {
            Context.Report($"Field \"{type.Name}.{node.Fields[^1].Name}\" must be non-null.", node.Start);
        }
    }

    private void CheckLeaf(ValueNode node)
    {
        switch (Types.InputType?.Named)
        {
            case null:
                break;
            case ScalarType { IsBuiltIn: false } scalar:
                if (Context.Options.CustomScalar is { } ask && !HasVariable(node) && ask(scalar, node) is { } objection)
                {
                    Context.Report($"Expected value of type \"{Types.InputType}\", found {Printer.Print(node)}; {objection}", node.Start);
                }

                break;
            case ScalarType scalar:
                if (ScalarLiterals.Problem(scalar, node) is { } problem)
                {
                    Context.Report(problem, node.Start);
                }

                break;
            case EnumType type:
                CheckEnum(type, node);
                break;
            default:
                ReportExpected(Types.InputType, node);
                break;
        }
    }

    // The parser limits how deep a value is.
    private static bool HasVariable(ValueNode node) => node switch
    {
        VariableNode => true,
        ListValueNode list => list.Values.Any(HasVariable),
        ObjectValueNode fields => fields.Fields.Any(static field => HasVariable(field.Value)),
        _ => false,
    };

    private void CheckEnum(EnumType type, ValueNode node)
    {
        if (node is EnumValueNode value && type.FindValue(value.Value) is not null)
        {
            return;
        }

        var text = Printer.Print(node);
        var suggestion = Context.DidYouMean(text, type.Values.Select(v => v.Name), "the enum value");
        Context.Report(
            node is EnumValueNode
                ? $"Value \"{text}\" does not exist in \"{type.Name}\" enum.{suggestion}"
                : $"Enum \"{type.Name}\" cannot represent non-enum value: {text}.{suggestion}",
            node.Start);
    }

    private void ReportExpected(GraphQLType type, ValueNode node) =>
        Context.Report($"Expected value of type \"{type}\", found {Printer.Print(node)}.", node.Start);
}
