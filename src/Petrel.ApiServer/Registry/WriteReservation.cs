using Petrel.Api;

namespace Petrel.ApiServer.Registry;

/// <summary>The object to store and how what it reserved is kept or given back.</summary>
/// <param name="Value">The completed object.</param>
/// <param name="Commit">Runs when the write succeeded.</param>
/// <param name="Rollback">Runs when it did not.</param>
public sealed record WriteReservation(ApiObject Value, Func<ValueTask> Commit, Func<ValueTask> Rollback)
{
    /// <summary>The end of the write.</summary>
    public ValueTask EndAsync(bool isCommitted) => isCommitted ? Commit() : Rollback();
}
