namespace Petrel.Network.Services.Modes;

/// <summary>What kind of thing a service has in the table. The order is that in which they refer to each other.</summary>
internal enum TableObjectKind
{
    Set,
    Chain,
    Element,
}
