using System.Linq.Expressions;
using System.Reflection;

namespace GraphGateway.Subgraphs.Server;

/// <summary>Reads a column's value of a row in memory, for cursors: a chain of properties without compiling, anything else compiled.</summary>
internal static class ColumnReader
{
    public static object? Read(LambdaExpression path, object row) =>
        TryRead(path.Body, path.Parameters[0], row, out var value) ? value : path.Compile().DynamicInvoke(row);

    private static bool TryRead(Expression expression, ParameterExpression parameter, object row, out object? value)
    {
        value = row;
        switch (expression)
        {
            case ParameterExpression when expression == parameter:
                return true;
            case MemberExpression { Expression: { } inner, Member: PropertyInfo property } when TryRead(inner, parameter, row, out var owner):
                value = owner is null ? null : property.GetValue(owner);
                return true;
            default:
                return false;
        }
    }
}
