using System.Collections.Immutable;

namespace GraphGateway.ControlPlane;

/// <summary>What can be told of a release without a look at the store.</summary>
internal static class ReleaseCheck
{
    private const int MaxIds = 20;

    /// <summary>Why it cannot be published; null where it can.</summary>
    public static PublishResult? Find(IReadOnlyCollection<PublishedOperation> operations, OperationStoreLimits limits)
    {
        if (operations.Count == 0)
        {
            return PublishResult.Refused("There is no operation in it.");
        }

        if (operations.Count > limits.ReleaseOperations)
        {
            return PublishResult.Refused($"It has {operations.Count} operations; a release may have {limits.ReleaseOperations}.");
        }

        if (operations.FirstOrDefault(operation => operation.Problem is not null) is { } wrong)
        {
            return PublishResult.Refused(wrong.Problem!, wrong.Id);
        }

        var large = Ids(operations.Where(operation => operation.Bytes > limits.DocumentBytes));
        if (!large.IsEmpty)
        {
            return PublishResult.Refused($"Documents may have {limits.DocumentBytes} bytes; these have more.", large);
        }

        var twice = Ids(operations.GroupBy(operation => operation.Id, StringComparer.Ordinal)
            .Where(group => group.Any(operation => operation.Hash != group.First().Hash)).Select(group => group.First()));
        return twice.IsEmpty ? null : PublishResult.Refused("An identifier stands for one text; these come with several.", twice);
    }

    /// <summary>The first identifiers, in order; a message with thousands helps nobody.</summary>
    public static ImmutableArray<string> Ids(IEnumerable<PublishedOperation> operations) => Ids(operations.Select(operation => operation.Id));

    public static ImmutableArray<string> Ids(IEnumerable<string> ids)
    {
        string[] all = [.. ids.Order(StringComparer.Ordinal)];
        return all.Length <= MaxIds ? [.. all] : [.. all.Take(MaxIds), $"and {all.Length - MaxIds} more"];
    }
}
