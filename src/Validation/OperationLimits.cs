using System.Collections.Immutable;
using GraphGateway.Language;

namespace GraphGateway.Validation;

/// <summary>What happens to an operation beyond a limit.</summary>
public enum LimitMode
{
    /// <summary>It runs; that it is beyond the limit is told to those who run the server.</summary>
    Measure,

    /// <summary>It is refused.</summary>
    Enforce,
}

/// <summary>A limit on one number of an operation.</summary>
/// <param name="Max">The largest number that is within the limit.</param>
/// <param name="Mode">What happens beyond it.</param>
public readonly record struct OperationLimit(int Max, LimitMode Mode = LimitMode.Enforce);

/// <summary>
/// Limits on the shape of an operation whose fragments are spread out, so that a small document cannot ask for a huge answer. A limit that
/// is null is off. The specification has none of them; each has an <see cref="ErrorCode"/> of its own.
/// </summary>
public sealed record OperationLimits
{
    /// <summary>No limits.</summary>
    public static OperationLimits None { get; } = new();

    /// <summary>
    /// Far above what people and tools write, far below what hurts. Introspection queries of tools are 15 levels deep, Relay's operations up
    /// to some 25; code generators write some hundred aliases or root fields into one operation (a list of ids without a plural field); a
    /// page of nested components that repeat each other's fragments comes to several hundred fields in one selection set, and to a
    /// condition (<c>@include</c>) on each of its fields.
    /// </summary>
    public static OperationLimits Default { get; } = new()
    {
        Depth = new OperationLimit(50),
        Aliases = new OperationLimit(1_000),
        RootFields = new OperationLimit(200),
        Directives = new OperationLimit(1_000),
        Breadth = new OperationLimit(2_000),
    };

    /// <summary>Fields above one another; a root field is at depth 1. <c>MAX_DEPTH_EXCEEDED</c>.</summary>
    public OperationLimit? Depth { get; init; }

    /// <summary>Fields with an alias. <c>MAX_ALIASES_EXCEEDED</c>.</summary>
    public OperationLimit? Aliases { get; init; }

    /// <summary>Fields of the root selection set. <c>MAX_ROOT_FIELDS_EXCEEDED</c>.</summary>
    public OperationLimit? RootFields { get; init; }

    /// <summary>Directives, those of the operation and its variables included. <c>MAX_DIRECTIVES_EXCEEDED</c>.</summary>
    public OperationLimit? Directives { get; init; }

    /// <summary>Fields of the widest selection set, those for different types added up. <c>MAX_BREADTH_EXCEEDED</c>.</summary>
    public OperationLimit? Breadth { get; init; }

    /// <summary>What stands before the name of a limit in messages, such as <c>Gateway:Limits:</c>, so that a reader finds the setting.</summary>
    public string SettingPrefix { get; init; } = "";

    /// <summary>The limits that the operation exceeds, enforced or only measured, each with the error that says so.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="size">Its <see cref="OperationSize.Of"/>.</param>
    public ImmutableArray<ExceededLimit> Check(ValidOperation operation, OperationSize size)
    {
        ArgumentNullException.ThrowIfNull(operation);
        var exceeded = ImmutableArray.CreateBuilder<ExceededLimit>();
        Compare(size.Depth, Depth, nameof(Depth), ErrorCode.MaxDepthExceeded, "levels of fields");
        Compare(size.Aliases, Aliases, nameof(Aliases), ErrorCode.MaxAliasesExceeded, "aliases");
        Compare(size.RootFields, RootFields, nameof(RootFields), ErrorCode.MaxRootFieldsExceeded, "root fields");
        Compare(size.Directives, Directives, nameof(Directives), ErrorCode.MaxDirectivesExceeded, "directives");
        Compare(size.Breadth, Breadth, nameof(Breadth), ErrorCode.MaxBreadthExceeded, "fields in one selection set");
        return exceeded.ToImmutable();

        void Compare(long count, OperationLimit? limit, string name, ErrorCode code, string what)
        {
            if (limit is not { } given || count <= given.Max)
            {
                return;
            }

            var subject = operation.Definition.Name is { } operationName ? $"Operation \"{operationName.Value}\"" : "The operation";
            var isAtLeast = count == OperationSize.CountMax;
            var number = isAtLeast ? $"{count} or more" : $"{count}";
            var message = $"{subject} has {number} {what}; at most {given.Max} are allowed (setting {SettingPrefix}{name}).";
            var error = GraphQLError.At(operation.Document.Document.Source, message, code, operation.Definition.Start);
            exceeded.Add(new ExceededLimit(name, count, isAtLeast, given, error));
        }
    }
}

/// <summary>A limit that an operation exceeds.</summary>
/// <param name="Name">The name of the limit in <see cref="OperationLimits"/>.</param>
/// <param name="Count">What was counted.</param>
/// <param name="IsAtLeast">Whether counting stopped there.</param>
/// <param name="Limit">The limit.</param>
/// <param name="Error">The error, at the operation, with the limit's code; for a limit that is only measured nobody need see it.</param>
public sealed record ExceededLimit(string Name, long Count, bool IsAtLeast, OperationLimit Limit, GraphQLError Error);
