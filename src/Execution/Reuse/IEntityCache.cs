namespace GraphGateway.Execution;

/// <summary>
/// What earlier requests were told of entities: where execution meets what is kept between requests, here or in a store. One for each execution: it knows
/// whose it is. An exception means a fault of its own and fails the whole client request.
/// </summary>
public interface IEntityCache
{
    /// <summary>
    /// Looks the entities up, and notes in each lookup the values of those that are known. All others the caller fetches, and tells of them by
    /// <see cref="Keep"/>. It may wait for what others are fetching, never while somebody waits for the caller.
    /// </summary>
    /// <param name="lookups">What the steps that travel in one request ask for; they live until <see cref="End"/>.</param>
    /// <param name="cancellationToken">Cancelled when the client leaves.</param>
    ValueTask FindAsync(EntityLookup[] lookups, CancellationToken cancellationToken);

    /// <summary>An entity came, without any error in its answer.</summary>
    /// <param name="lookup">Whose it is.</param>
    /// <param name="entity">Its number in the lookup.</param>
    /// <param name="position">Its place among the entities that the answer is for, in the order in which they were asked for.</param>
    /// <param name="count">How many the answer is for.</param>
    /// <param name="answer">What its source has answered, which goes back after the call.</param>
    /// <param name="value">Its JSON in the answer's body: an object.</param>
    void Keep(EntityLookup lookup, int entity, int position, int count, SubgraphResponse answer, ReadOnlySpan<byte> value);

    /// <summary>Nothing more comes for the lookup, for better or worse. Called at least once, whatever happens.</summary>
    void End(EntityLookup lookup);
}
