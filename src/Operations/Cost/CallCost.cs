using System.Collections.Immutable;
using GraphGateway.Language;

namespace GraphGateway.Operations;

/// <summary>
/// What calling a field counts: its own weight, the weights of the arguments that it is given and of the fields of input objects in them. A default
/// of the schema is given, null is not. Never less than nothing
/// (<see href="https://ibm.github.io/graphql-specs/cost-spec.html#sec-Field-Cost">Field Cost</see>).
/// Directives do not count: the gateway passes none on.
/// </summary>
internal sealed class CallCost
{
    private readonly long constant;
    private readonly VariableCost[] variables;

    private CallCost(long constant, VariableCost[] variables)
    {
        this.constant = constant;
        this.variables = variables;
    }

    /// <summary>What counts nothing.</summary>
    public static CallCost Nothing { get; } = new(0, []);

    /// <summary>True when variables have no part in it.</summary>
    public bool IsConstant => variables.Length == 0;

    /// <summary>The cost of a call with these arguments.</summary>
    public static CallCost Of(FieldWeights weights, ImmutableArray<ArgumentNode> arguments)
    {
        // PERF: most fields have no arguments.
        if (weights.Arguments.Length == 0)
        {
            return weights.Plain;
        }

        var builder = new Builder { Constant = weights.Call };
        foreach (var argument in weights.Arguments)
        {
            builder.Add(argument, Find(arguments, argument.Definition.Name));
        }

        return new CallCost(builder.Constant, [.. builder.Variables]);
    }

    /// <summary>The cost of a call that counts the same whatever the variables are.</summary>
    public static CallCost OfConstant(long constant) => constant == 0 ? Nothing : new CallCost(constant, []);

    /// <summary>The value of the argument of that name; null when it is not given.</summary>
    public static ValueNode? Find(ImmutableArray<ArgumentNode> arguments, string name)
    {
        foreach (var argument in arguments)
        {
            if (argument.Name.Value == name)
            {
                return argument.Value;
            }
        }

        return null;
    }

    /// <summary>The cost with these variables.</summary>
    public long Evaluate(VariableValues values)
    {
        var cost = constant;
        foreach (var variable in variables)
        {
            cost = CostAmount.Add(cost, variable.Evaluate(values));
        }

        return Math.Max(0, cost);
    }

    // An item of a list does not count itself: the list has.
    private sealed record VariableCost(string Name, InputWeights Weights, bool IsItem, long Missing)
    {
        public long Evaluate(VariableValues values) =>
            !values.TryGetValue(Name, out var value) ? Missing : IsItem ? Weights.Object!.Inside(value) : Weights.Of(value);
    }

    private sealed class Builder
    {
        public long Constant { get; set; }

        public List<VariableCost> Variables { get; } = [];

        public void Add(InputWeights weights, ValueNode? given)
        {
            switch (given ?? weights.Definition.DefaultValue)
            {
                case null or NullValueNode:
                    break;
                case VariableNode variable:
                    Variables.Add(new VariableCost(variable.Name.Value, weights, IsItem: false, OfDefault(weights)));
                    break;
                case var value:
                    Constant = CostAmount.Add(Constant, weights.Weight);
                    AddInside(weights, value);
                    break;
            }
        }

        private static long OfDefault(InputWeights weights)
        {
            var inner = new Builder();
            inner.Add(weights, null);
            return inner.Constant;
        }

        private void AddInside(InputWeights weights, ValueNode value)
        {
            if (weights.Object is null)
            {
                return;
            }

            if (value is ListValueNode list)
            {
                foreach (var item in list.Values)
                {
                    AddInside(weights, item);
                }
            }
            else if (value is VariableNode variable)
            {
                Variables.Add(new VariableCost(variable.Name.Value, weights, IsItem: true, Missing: 0));
            }
            else if (value is ObjectValueNode given)
            {
                foreach (var (name, field) in weights.Object.Fields)
                {
                    Add(field, given.Fields.FirstOrDefault(node => node.Name.Value == name)?.Value);
                }
            }
        }
    }
}
