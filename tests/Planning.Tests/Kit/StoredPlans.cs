using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using GraphGateway.Language;
using GraphGateway.Operations;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;
using Xunit;

namespace GraphGateway.Planning.Tests;

/// <summary>Stores plans and reads them again: every field of every object in the plan is the same, those included that a plan gets one day.</summary>
internal static class StoredPlans
{
    // Of use while a plan is built alone.
    private static readonly string[] OfBuilding = ["IsWhole", "Filled"];

    /// <summary>The plan as it is read again; where something is withheld in it, it is not stored.</summary>
    public static QueryPlan? Check(QueryPlan plan, Supergraph supergraph)
    {
        var bytes = PlanStorage.Write(plan);
        if (plan.Unservable.Any(field => field.Cause == UnservableCause.Withheld))
        {
            Assert.Null(bytes);
            return null;
        }

        Assert.NotNull(bytes);
        var read = PlanStorage.Read(bytes, supergraph, plan.Operation, out var problem);
        Assert.True(read is not null, problem);
        Assert.Equal(PlanPrinter.Print(plan, explains: true), PlanPrinter.Print(read, explains: true));
        Assert.Equal(PlanJsonWriter.Write(plan), PlanJsonWriter.Write(read));
        Assert.Equal(Dump(plan), Dump(read));
        Assert.Equal(bytes, PlanStorage.Write(read));
        return read;
    }

    /// <summary>All that a plan is, by the fields of its objects; what it shares with the graph and the operation by who it is.</summary>
    public static string Dump(QueryPlan plan)
    {
        var text = new StringBuilder();
        Append(text, plan, new Dictionary<object, int>(ReferenceEqualityComparer.Instance));
        return text.ToString();
    }

    private static void Append(StringBuilder text, object? value, Dictionary<object, int> seen)
    {
        switch (value)
        {
            case null:
                text.Append("null");
                return;
            case string or int or bool or Enum:
                text.Append(CultureInfo.InvariantCulture, $"'{value}'");
                return;
            case TypeSet set:
                text.AppendJoin(',', set.Ordinals());
                return;
            case byte[] bytes:
                text.Append(Convert.ToHexString(bytes));
                return;
            case TypeNode type:
                text.Append(type);
                return;
            case ArgumentNode argument:
                text.Append(CultureInfo.InvariantCulture, $"{argument.Name.Value}: {Printer.Print(argument.Value)}");
                return;
            case Supergraph or SourceSchema or GraphQLType or FieldDefinition or NormalizedOperation or NormalizedField:
                text.Append(CultureInfo.InvariantCulture, $"#{RuntimeHelpers.GetHashCode(value)}");
                return;
            case IEnumerable list:
                text.Append('[');
                foreach (var item in list)
                {
                    Append(text, item, seen);
                    text.Append(';');
                }

                text.Append(']');
                return;
        }

        Assert.True(value.GetType().Namespace == "GraphGateway.Planning", $"{value.GetType()} in a plan");
        if (!value.GetType().IsValueType && !seen.TryAdd(value, seen.Count))
        {
            text.Append(CultureInfo.InvariantCulture, $"@{seen[value]}");
            return;
        }

        text.Append(value.GetType().Name).Append('{');
        foreach (var field in value.GetType().GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Where(field => !OfBuilding.Any(name => field.Name.Contains($"<{name}>", StringComparison.Ordinal))))
        {
            text.Append('\n').Append(field.Name).Append('=');
            Append(text, field.GetValue(value), seen);
        }

        text.Append('}');
    }
}
