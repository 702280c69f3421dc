using Petrel.ApiServer.Registry;

namespace Petrel.ApiServer.Writes;

/// <summary>What became of an update that may create.</summary>
/// <param name="Object">The object as stored.</param>
/// <param name="IsCreated">It did not exist before.</param>
internal readonly record struct WriteResult(StoredObject Object, bool IsCreated)
{
    /// <summary>HTTP code of the answer.</summary>
    public int Code => IsCreated ? 201 : 200;
}
