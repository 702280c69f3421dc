using Petrel.Api;

namespace Petrel.Client.Api;

/// <summary>Names an object of a known kind: what caches are looked up by and work queues hold.</summary>
/// <param name="Namespace">Empty for cluster-scoped kinds.</param>
/// <param name="Name">The object's name.</param>
public readonly record struct ObjectKey(string Namespace, string Name)
{
    public static ObjectKey Of(ApiObject value) => new(value.Metadata.Namespace, value.Metadata.Name);

    /// <summary><c>namespace/name</c>, or the name alone for cluster-scoped kinds.</summary>
    public override string ToString() => Namespace.Length == 0 ? Name : Namespace + "/" + Name;
}
