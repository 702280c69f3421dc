namespace Petrel.Network.Services;

/// <summary>Names a Service. Ordered, so that whoever claims the same address and port first by name wins everywhere.</summary>
public readonly record struct ServiceName(string Namespace, string Name) : IComparable<ServiceName>
{
    public int CompareTo(ServiceName other)
    {
        int byNamespace = string.CompareOrdinal(Namespace, other.Namespace);
        return byNamespace != 0 ? byNamespace : string.CompareOrdinal(Name, other.Name);
    }

    public override string ToString() => $"{Namespace}/{Name}";

    public static bool operator <(ServiceName left, ServiceName right) => left.CompareTo(right) < 0;

    public static bool operator >(ServiceName left, ServiceName right) => left.CompareTo(right) > 0;

    public static bool operator <=(ServiceName left, ServiceName right) => left.CompareTo(right) <= 0;

    public static bool operator >=(ServiceName left, ServiceName right) => left.CompareTo(right) >= 0;
}
