namespace Petrel.Network.Services.Modes;

/// <summary>An object that appeared (no <paramref name="Before"/>), vanished (no <paramref name="After"/>) or has another content.</summary>
internal readonly record struct TableChange(TableObjectId Id, string? Before, string? After);
